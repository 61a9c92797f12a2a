"""Prefect with the server of its own that it comes with, for contestants that need one."""

import json
import urllib.error
import urllib.request

from harness import peers
from harness.ground import free_port


class Prefect:
    """Its server shares the servers' core. Nothing is sent to its makers, and only errors are logged. Clients ask again more often
    than unless told: where twenty flows begin at once, its database is busy for longer than they would wait."""

    def __init__(self, ground):
        self.python = peers.python("prefect") / "python"
        self._url = f"http://127.0.0.1:{free_port()}"
        self.env = {**ground.env, "PREFECT_HOME": str(ground.folder / "prefect"), "PREFECT_API_URL": f"{self._url}/api",
                    "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PREFECT_SERVER_UI_ENABLED": "false",
                    "PREFECT_LOGGING_LEVEL": "ERROR",
                    "PREFECT_CLIENT_MAX_RETRIES": "30"}
        port = self._url.rsplit(":", 1)[1]
        self.server = ground.server(
            "prefect", [self.python, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", port], self.env)
        self.server.until(self._serves)

    def _serves(self):
        try:
            with urllib.request.urlopen(f"{self._url}/api/health") as answer:
                return json.loads(answer.read()) is True
        except (urllib.error.URLError, ConnectionError):
            return False
