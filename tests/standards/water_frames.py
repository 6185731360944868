"""Table 1 of GB 3838-2002 as printed, written down apart from the table that the code reads."""

import pandas as pd

CLASSES = ["I", "II", "III", "IV", "V", "below_V"]
AT_MOST = {
    "codmn_mg_l": [2, 4, 6, 10, 15],
    "cod_mg_l": [15, 15, 20, 30, 40],
    "bod5_mg_l": [3, 3, 4, 6, 10],
    "nh3n_mg_l": [0.15, 0.5, 1.0, 1.5, 2.0],
    "tp_mg_l": [0.02, 0.1, 0.2, 0.3, 0.4],
    "cu_mg_l": [0.01, 1.0, 1.0, 1.0, 1.0],
    "zn_mg_l": [0.05, 1.0, 1.0, 2.0, 2.0],
    "fluoride_mg_l": [1.0, 1.0, 1.0, 1.5, 1.5],
    "se_mg_l": [0.01, 0.01, 0.01, 0.02, 0.02],
    "as_mg_l": [0.05, 0.05, 0.05, 0.1, 0.1],
    "hg_mg_l": [0.00005, 0.00005, 0.0001, 0.001, 0.001],
    "cd_mg_l": [0.001, 0.005, 0.005, 0.005, 0.01],
    "cr6_mg_l": [0.01, 0.05, 0.05, 0.05, 0.1],
    "pb_mg_l": [0.01, 0.01, 0.05, 0.05, 0.1],
    "cyanide_mg_l": [0.005, 0.05, 0.2, 0.2, 0.2],
    "volatile_phenols_mg_l": [0.002, 0.002, 0.005, 0.01, 0.1],
    "petroleum_mg_l": [0.05, 0.05, 0.05, 0.5, 1.0],
    "anionic_surfactants_mg_l": [0.2, 0.2, 0.2, 0.3, 0.3],
    "sulphide_mg_l": [0.05, 0.1, 0.2, 0.5, 1.0],
}
TP_OF_LAKES = [0.01, 0.025, 0.05, 0.1, 0.2]
TN_OF_LAKES = [0.2, 0.5, 1.0, 1.5, 2.0]
OXYGEN_AT_LEAST = [7.5, 6, 5, 3, 2]
COLIFORMS = [200, 2000, 10000, 20000, 40000]
ITEMS = ["ph", "do_mg_l", *AT_MOST]


def at_most(column, body):
    return TP_OF_LAKES if (column, body) == ("tp_mg_l", "lake") else AT_MOST[column]


def clean(**values):
    """One reading of class I, for rivers and lakes, but for the values given."""
    best = {"ph": 7.0, "do_mg_l": 9.0, **dict.fromkeys(AT_MOST, 0.0)}
    return pd.DataFrame([{**best, **values}])


def words(values):
    """A categorical series as a list, None where there is nothing."""
    return [None if pd.isna(value) else value for value in values]
