"""What the generator of water tables needs to know: sections, classes, levels of items, events."""

from __future__ import annotations

from typing import Literal

from ecoreport.config.models import Day, Strict, Words, Year

Class = Literal["I", "II", "III", "IV", "V", "below_V"]


class Section(Strict):
    """A row of ``water_sections.csv``: what stays the same of a section over the years."""

    district: str
    section: str
    name: str
    river: str
    basin: str
    water_body: Literal["river", "lake"]
    level: Literal["national", "provincial", "city"]
    course: int
    county: str


class Course(Strict):
    """A row of ``water_courses.csv``: what a section is meant to come to in one year."""

    district: str
    year: Year
    section: str
    target_class: Class
    water_class: Class
    """Class of the year's means."""
    drivers: Words = ()
    """Items of that class, the others of class III or better; ``item=0.2035`` gives a mean."""
    status: str = ""
    status_document: str = ""
    background_items: str = ""
    background_document: str = ""
    note: str = ""


class Item(Strict):
    """A row of ``water_items.csv``: an item's levels in waters of each class, and its course."""

    column: str
    water_body: Literal["river", "lake", "ground"]
    shape: str
    """Course over the year: a column of ``water_months.csv``."""
    i: float
    ii: float
    iii: float
    iv: float
    v: float
    below_v: float
    trend: int
    """1 follows the factor of ``water_years.csv``, -1 goes against it, 0 does not change."""
    spread: float
    """Standard deviation of a month's logarithm."""
    decimals: int
    detection_limit: str = ""
    """As it is written; values below it stand as ``0.05L``."""
    is_scarce: bool
    """Not measured in sections of the city's own (-1)."""
    note: str = ""

    def level(self, water_class: Class) -> float:
        """Return the level in waters of a class."""
        level: float = getattr(self, water_class.lower())
        return level


class Month(Strict):
    """A row of ``water_months.csv``: factors around 1 by the shape of the year."""

    month: int
    flat: float
    temperature: float
    oxygen: float
    organic: float
    ammonia: float
    nitrate: float
    phosphorus: float
    algae_ph: float
    algae: float
    clear: float
    rain: float
    demand: float


class YearFactor(Strict):
    """A row of ``water_years.csv``."""

    district: str
    year: Year
    factor: float
    note: str = ""


class Event(Strict):
    """A row of ``water_events.csv``: what happened to the water in one month."""

    district: str
    year: Year
    dataset: str
    place: str
    """Section or source."""
    month: str
    column: str
    """``status`` empties every item of the month."""
    value: str
    why: str


class Source(Strict):
    """A row of ``drinking_sources.csv``."""

    district: str
    source: str
    kind: Literal["river", "lake", "ground"]
    frequency: Literal["monthly", "quarterly"]
    water_class: Class
    intake_10k_m3: float
    """Drawn in a month."""
    note: str = ""


class BlackWater(Strict):
    """A row of ``black_odour.csv``: a water and the day on which it was found removed."""

    district: str
    body: str
    county: str
    before: Literal["light", "severe"]
    removed_on: Day | None = None
    satisfaction_percent: float | None = None


class BlackPoints(Strict):
    """A row of ``black_odour_points.csv``: a water and the level its points are found to be."""

    district: str
    year: Year
    body: str
    n_points: int
    level: Literal["none", "light", "severe"]
    first_visit: Day


class BlackLevel(Strict):
    """A row of ``black_odour_levels.csv``: an indicator in waters of a level."""

    level: str
    column: str
    mean: float
    spread: float
    """Standard deviation of a reading's logarithm."""
    decimals: int


class Sewage(Strict):
    """A row of ``sewage.csv``."""

    district: str
    year: Year
    scope: Literal["city", "town", "rural"]
    indicator: str
    """Where the department reports this indicator, the volumes give what it reports."""
    discharged_10k_m3: float
    rate_percent: float | None = None
    plants: int
    capacity_10k_m3_d: float


class VillageWorks(Strict):
    """A row of ``village_water.csv``: waterworks of villages."""

    district: str
    year: Year
    works: str
    town: str
    supply: Literal["central", "small", "scattered"]
    source_kind: Literal["surface", "ground"]
    population: int


class TapItem(Strict):
    """A row of ``village_water_items.csv``: an item of drinking water at the tap."""

    column: str
    mean: float
    spread: float
    """Standard deviation of a reading's logarithm."""
    decimals: int
    detection_limit: str = ""
    """As it is written; values below it stand as ``<0.005``."""


class SewagePlant(Strict):
    """A row of ``sewage_plants.csv``."""

    district: str
    year: Year
    plant: str
    scope: Literal["city", "town", "rural"]
    share: float
    """Of what its scope treats; of towns less what the city does."""
    capacity_10k_m3_d: float
    discharge_standard: str
    cod_in_mg_l: float
    cod_out_mg_l: float
    nh3n_in_mg_l: float
    nh3n_out_mg_l: float


class Discharge(Strict):
    """A row of ``discharges.csv``: the total of a pollutant."""

    district: str
    year: Year
    pollutant: Literal["cod", "nh3n", "tp", "tn"]
    discharge_t: float


class DischargeShare(Strict):
    """A row of ``discharge_shares.csv``: how a total divides; the last row takes the rest."""

    pollutant: str
    origin: Literal["industry", "agriculture", "domestic", "facilities"]
    share: float
