import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path


def convert(source: str, target: str) -> None:
    # Which shape could records have in between, whatever the two formats are?
    ...
