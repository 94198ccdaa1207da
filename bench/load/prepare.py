"""Writes the bodies that wrk sends. Usage: prepare.py FOLDER"""
import sys

import pictures

folder = sys.argv[1]
photo, painting = pictures.png(160, 120, 1), pictures.png(128, 128, 2)
files = [("content", "photo.png", photo), ("style", "painting.png", painting)]
for name, fields in [
    ("png", []), ("jpeg", [("format", "jpeg"), ("strength", "0.9")]), ("levels", [("levels", "321"), ("transform", "adain")]),
    ("color", [("preserveColor", "luminance"), ("size", "100")]),
]:
    with open(f"{folder}/{name}.form", "wb") as file:
        file.write(pictures.form("load-boundary", files, fields))
with open(f"{folder}/photo.png", "wb") as file:
    file.write(photo)
with open(f"{folder}/wave.png", "wb") as file:
    file.write(painting)
