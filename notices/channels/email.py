"""Plain text mail through Django's backend: a server in production, files in development."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from notices.channels.message import Message, Refused, Unreachable

PERMANENT = range(500, 600)


def send(message: Message) -> str:
    """Hand the mail over; every try carries the same Message-ID. Its number, if the provider gives one."""
    made = mail(message)
    try:
        made.send()
    except smtplib.SMTPRecipientsRefused as problem:
        raise failure(problem, min(code for code, _text in problem.recipients.values())) from problem
    except smtplib.SMTPResponseException as problem:
        raise failure(problem, problem.smtp_code) from problem
    except (smtplib.SMTPException, OSError) as problem:
        raise Unreachable(type(problem).__name__) from problem
    return reference_of(made)


def mail(message: Message) -> EmailMessage:
    """The mail with what makes a repeat recognisable, and asking for no automatic answer."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {
        "Message-ID": f"<{message.key}@{domain}>",
        "Idempotency-Key": message.key,
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(message.subject, message.text, to=[message.to], headers=headers)


def reference_of(sent: EmailMessage) -> str:
    """The number that django-anymail read in the provider's answer; a plain mail server gives none."""
    number = getattr(getattr(sent, "anymail_status", None), "message_id", "")
    return str(number or "")[:100]


def failure(problem: smtplib.SMTPException, code: int) -> Unreachable | Refused:
    """The failure as a reason: class and reply code only, for the server's text repeats the address."""
    # a wrong password of ours is also a 5xx, and no fault of the person's address
    final = code in PERMANENT and isinstance(
        problem, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError | smtplib.SMTPSenderRefused
    )
    return (Refused if final else Unreachable)(f"{type(problem).__name__} {code}")
