"""Plain text mail through Django's backend: a server in production, files in development."""

import contextlib
import smtplib
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from notices.channels.message import Answer, Message, Refused, Unreachable, one_by_one, taken

PERMANENT = range(500, 600)


def send(message: Message) -> str:
    """Hand one mail over; its number, if the provider gives one."""
    return taken(send_all([message]))


def send_all(messages: Iterable[Message]) -> Iterator[Answer]:
    """Hand mails over through one connection; every try of one carries the same Message-ID."""
    connection = get_connection()
    try:
        yield from one_by_one(lambda message: hand_over(message, connection), messages)
    finally:
        leave(connection)


def hand_over(message: Message, connection: BaseEmailBackend) -> str:
    """One mail through a connection, which is opened where it is not; after a failure it is left."""
    made = mail(message)
    try:
        connection.open()
        connection.send_messages([made])
    except smtplib.SMTPRecipientsRefused as problem:
        raise failure(problem, min(code for code, _text in problem.recipients.values())) from problem
    except smtplib.SMTPResponseException as problem:
        leave(connection)
        raise failure(problem, problem.smtp_code) from problem
    except (smtplib.SMTPException, OSError) as problem:
        leave(connection)
        raise Unreachable(type(problem).__name__) from problem
    return reference_of(made)


def leave(connection: BaseEmailBackend) -> None:
    """Close it; what goes wrong with the good-bye is no failure."""
    with contextlib.suppress(smtplib.SMTPException, OSError):
        connection.close()


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
