"""What a coalition plans for itself: permits, risks, go or no-go, who is called, tasks, material, money.

None of it is told to anybody outside: no record knows this app.
"""
