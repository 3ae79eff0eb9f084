"""Visit: delegations and exchanges."""
