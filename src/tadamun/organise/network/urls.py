"""Addresses of accounts. They have no namespace, because the frame of every desk page links to them."""

from django.urls import path

from tadamun.organise.network.views import (
    account,
    arriving,
    factors,
    forgotten,
    leaving,
    letting_go,
    members,
    recovery_codes,
    showing,
    signing_in,
)

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-in/second/", signing_in.second_factor, name="mfa_authenticate"),
    path("sign-out/", leaving.sign_out, name="sign_out"),
    path("leave/", leaving.quick_exit, name="quick_exit"),
    path("language/", leaving.choose_language, name="language"),
    path("welcome/<str:secret>/", arriving.welcome, name="welcome"),
    path("forgotten/", forgotten.forgotten, name="forgotten"),
    path("forgotten/code/", forgotten.recover, name="recover"),
    path("reset/<str:account>/<str:token>/", forgotten.reset, name="reset"),
    path("account/", account.account, name="account"),
    path("account/passphrase/", account.passphrase, name="passphrase"),
    path("account/names/", account.vault, name="vault"),
    path("account/recovery-code/", recovery_codes.recovery_code, name="recovery_code"),
    path("account/sign-out-everywhere/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/second-factor/", factors.second_factor_page, name="second_factors"),
    path("account/second-factor/again/", showing.second_factor_again, name="second_factor_again"),
    path("account/second-factor/app/", factors.add_app, name="add_app"),
    path("account/second-factor/passkey/", factors.add_passkey, name="add_passkey"),
    path("account/second-factor/spare-codes/", factors.spare_codes, name="spare_codes"),
    path("account/second-factor/<int:factor>/", factors.remove_factor, name="remove_factor"),
    path("organisations/<slug:slug>/members/", members.members, name="members"),
    path("organisations/<slug:slug>/members/<int:membership>/", members.member, name="member"),
    path("organisations/<slug:slug>/members/<int:membership>/end/", letting_go.let_go, name="let_go"),
    path("organisations/<slug:slug>/members/keys/", letting_go.renew_keys, name="renew_keys"),
    path("organisations/<slug:slug>/members/<int:membership>/access/", members.let_in, name="let_in"),
    path(
        "organisations/<slug:slug>/invitations/<int:invitation>/withdrawal/",
        members.withdraw_invitation,
        name="withdraw_invitation",
    ),
]
