"""A mail server that has the mail before it answers: kills land between sending and marking."""

import time

from django.core.mail.backends.filebased import EmailBackend as FileBackend

SECONDS_TO_ANSWER = 0.02


class EmailBackend(FileBackend):
    """Writes the mail to a file, then keeps the sender waiting."""

    def send_messages(self, email_messages):
        sent = super().send_messages(email_messages)
        time.sleep(SECONDS_TO_ANSWER)
        return sent
