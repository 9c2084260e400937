"""Addresses of the document check; the long form is what a document's QR code holds."""

from django.urls import path

from dure.web.public import verify

urlpatterns = [
    path("verify/", verify.verify, name="verify-form"),
    path("verify/<str:number>/", verify.verify, name="verify"),
]
