"""What the judge keeps to on ASRs without a finding. Each has a test marked `upholds` with its id."""

from typing import Final

from validators.rules.registry import Upheld

UPHELD_ACCESS: Final = (
    Upheld("def-asr-use", "4.0 (Access Service Request)", "trunks are recognised from an ASR alone"),
    Upheld("udit-ordered-by-asr", "9.6.4.1.1", "transport is recognised from an ASR alone"),
    Upheld("lis-one-way-orderer-provisions", "7.2.2.1.2.1", "a group may run one way or both"),
    Upheld("lis-alternate-routing", "7.2.2.9.8", "a direct group may overflow to the tandem, which it then names"),
    Upheld("lis-combined-group-allowed", "7.2.2.9.3.1", "local and toll traffic may share a group"),
)
