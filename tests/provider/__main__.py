"""The provider for development: prints what belongs into .env, and runs until Ctrl-C."""

import contextlib
import os
import threading

from tests.provider.running import provider

PORT = 9400

if __name__ == "__main__":
    portal = f"http://localhost:{os.environ.get('PORT', '8000')}"
    with provider(back=f"{portal}/account/card/back/", port=PORT) as running:
        for name, value in running.settings().items():
            if name != "OIDC_WITHOUT_TLS":
                print(f"{name}={','.join(value) if isinstance(value, list) else value}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
