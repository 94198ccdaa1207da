"""What was measured, where, as Markdown."""
import os
import platform
import re
import subprocess

from turns import LARGEST_ERROR


def cpu():
    with open('/proc/cpuinfo', encoding='utf-8') as file:
        model = re.search(r'model name\s*:\s*(.*)', file.read())
    return model.group(1) if model else platform.machine()


def vectors():
    """The widest that the processor has, as far as it says."""
    with open('/proc/cpuinfo', encoding='utf-8') as file:
        flags = file.read()
    return next((name for flag, name in (('avx512f', 'avx-512'), ('avx2', 'avx2'), ('asimd', 'neon')) if flag in flags), '')


def device():
    """For a folder's name: the processor's model, vectors and cores, lower case, with dashes; virtual machines hide the exact model."""
    name = re.sub(r'\(r\)|\(tm\)|@.*', '', cpu().lower())
    return re.sub(r'[^a-z0-9]+', '-', f'{name} {vectors()} {os.cpu_count()} cores')


def load():
    return ' '.join(f'{value:.1f}' for value in os.getloadavg())


def revision(root):
    run = subprocess.run(['git', '-C', root, 'describe', '--always', '--dirty'], capture_output=True, text=True, check=False)
    return run.stdout.strip() or 'unknown'


def head(side, threads, rounds, load_before, descriptions, root, compact):
    yield '# Wct beside other engines'
    yield ''
    yield (f'{side}x{side} pictures, {threads} threads each, medians of {rounds} turns. Ratios are times over the first engine\'s. '
           'Made by `bench/peers/run.sh`.')
    yield ''
    for fact in (f'{cpu()}, {os.cpu_count()} cores, {platform.system()}',
                 f'load average {load_before} before, {load()} after',
                 f'revision {revision(root)}', f'compact weights: {compact}', *descriptions):
        yield f'* {fact}'
    yield ''


def table(rows_by_title):
    yield '| what | engine | median | fastest | slowest | ratio | difference |'
    yield '| --- | --- | ---: | ---: | ---: | ---: | ---: |'
    for title, rows in rows_by_title:
        for row in rows:
            first = row is rows[0]
            difference = '' if first else f'{row.error:.1e}' if row.error <= LARGEST_ERROR else f'**{row.error:.1e}**'
            yield (f'| {title if first else ""} | {row.engine} | {row.median:.0f} ms | {min(row.times):.0f} | {max(row.times):.0f} '
                   f'| {"" if first else f"{row.ratio:.2f}"} | {difference} |')
