"""Who of the ILEC may read what CLECs forecast (8.4.1.4.1, 5.16.9)."""

from typing import Final

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.entry import Register


class ForecastReader(Strict):
    """That somebody plans space or equipment from forecasts, and is named for it."""

    name: str = Field(min_length=1, max_length=120, description="Who it is; for a key, the system that holds it.")
    need: str = Field(
        min_length=1, max_length=400, description="What forecasts are needed for; never marketing or sales."
    )


FORECAST_READERS: Final = Register(
    "forecast-readers",
    "8.4.1.4.1",
    ForecastReader,
    "Who of the ILEC may read collocation forecasts; to all others they do not exist.",
    keyed_by="id of the person or of the key, as `oss-gateway person list` and `oss-gateway key list` print it",
    concerns="all",
)

REGISTERS: Final = (FORECAST_READERS,)
