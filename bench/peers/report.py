"""Writes the results and the machine's description as Markdown."""
import os
import platform
import re
import subprocess


def cpu():
    with open('/proc/cpuinfo', encoding='utf-8') as file:
        model = re.search(r'model name\s*:\s*(.*)', file.read())
    return model.group(1) if model else platform.machine()


def vectors():
    """Returns the processor's widest known vector instructions."""
    with open('/proc/cpuinfo', encoding='utf-8') as file:
        flags = file.read()
    return next((name for flag, name in (('avx512f', 'avx-512'), ('avx2', 'avx2'), ('asimd', 'neon')) if flag in flags), '')


def device(description):
    """Returns a folder name: the graphics card, or the processor's model, vector instructions and cores, in lower case with dashes.

    Virtual machines hide the processor's exact model.
    """
    card = re.search(r'\((.*) \((?:cuda|opencl):', description)
    name = card.group(1) if card else f"{re.sub(r'@.*', '', cpu())} {vectors()} {os.cpu_count()} cores"
    return re.sub(r'[^a-z0-9]+', '-', re.sub(r'\(r\)|\(tm\)', '', name.lower())).strip('-')


def load():
    return ' '.join(f'{value:.1f}' for value in os.getloadavg())


def revision(root):
    run = subprocess.run(['git', '-C', root, 'describe', '--always', '--dirty'], capture_output=True, text=True, check=False)
    return run.stdout.strip() or 'unknown'


def head(size, threads, rounds, load_before, descriptions, root, compact):
    yield '# Wct beside other engines'
    yield ''
    yield (f'{size} pictures, {threads} threads each, medians of {rounds} turns. Ratios are times over the first engine\'s. '
           'Made by `bench/peers`.')
    yield ''
    for fact in (f'{cpu()}, {os.cpu_count()} cores, {platform.system()}',
                 f'load average {load_before} before, {load()} after',
                 f'revision {revision(root)}', f'compact weights: {compact}', *descriptions):
        yield f'* {fact}'
    yield ''


def digits(milliseconds):
    return f'{milliseconds:.0f}' if milliseconds >= 100 else f'{milliseconds:.1f}'


def table(rows_by_title, largest_error):
    yield '| what | engine | median | fastest | slowest | ratio | difference |'
    yield '| --- | --- | ---: | ---: | ---: | ---: | ---: |'
    for title, rows in rows_by_title:
        for row in rows:
            first = row is rows[0]
            difference = '' if first else f'{row.error:.1e}' if row.error <= largest_error else f'**{row.error:.1e}**'
            yield (f'| {title if first else ""} | {row.engine} | {digits(row.median)} ms | {digits(min(row.times))} | {digits(max(row.times))} '
                   f'| {"" if first else f"{row.ratio:.2f}"} | {difference} |')
