"""mdm2screen: does a tumor meet the molecular inclusion of an MDM2-inhibitor trial?"""

__version__ = "0.1.0"
