"""A real mail server that answers as it is told to."""

import socketserver


class Conversation(socketserver.StreamRequestHandler):
    """One SMTP session; `server.replies` overrides the answer to a command."""

    def handle(self):
        self.say(b"220 test")
        while line := self.rfile.readline():
            command = line[:4].strip().upper()
            self.say(self.server.replies.get(command, b"354 go on" if command == b"DATA" else b"250 ok"))
            if command == b"DATA":
                self.read_mail()
            if command == b"QUIT":
                return

    def read_mail(self):
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            self.server.received.append(line)
        self.say(self.server.replies.get(b".", b"250 accepted"))

    def say(self, reply):
        self.wfile.write(reply + b"\r\n")
