"""The command line: each command parses, calls one function and renders. Data go to stdout, words to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dateline._version import __version__
from dateline.errors import DatelineError, InputError
from dateline.reading import Given
from dateline.records import json_schema
from dateline.settings import Settings, load_settings

if TYPE_CHECKING:
    from dateline.coder import Coder
    from dateline.dataset import Added
    from dateline.records import Article

app = typer.Typer(
    name="dateline",
    help="Turns news of conflict into records you can check.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
actors_app = typer.Typer(help="The registry of actors.", no_args_is_help=True)
gazetteer_app = typer.Typer(help="The gazetteer of places.", no_args_is_help=True)
codebook_app = typer.Typer(help="Types of your own, learned from examples.", no_args_is_help=True)
app.add_typer(actors_app, name="actors")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(codebook_app, name="codebook")
_words = Console(stderr=True, highlight=False, soft_wrap=True)

SettingsOption = Annotated[Path | None, typer.Option("--settings", help="A YAML file of settings.", dir_okay=False)]
RegistryOption = Annotated[
    Path | None, typer.Option("--registry", help="Actors of your own, a CSV file or a folder, laid over the registry.")
]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, max=256, help="Processes that code at a time.")]


@dataclass(slots=True)
class _Faults:
    """Prints each fault as one line and counts them; a command that met one exits with 1."""

    count: int = field(default=0)

    def report(self, message: str) -> None:
        self.count += 1
        _words.print(f"dateline: {_one_line(message)}", markup=False)

    def exit(self) -> None:
        if self.count:
            raise typer.Exit(1)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
def code(
    files: Annotated[
        list[Path], typer.Argument(help="Text, HTML or JSON Lines; - is standard input.", metavar="FILE…")
    ],
    into: Annotated[Path | None, typer.Option(help="A dataset to add to; made where there is none.")] = None,
    published: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of the files, where it is not UTF-8: cp1252, cp1256 …")] = None,
    workers: WorkersOption = 1,
    registry: RegistryOption = None,
    codebook: Annotated[
        Path | None, typer.Option("--codebook", help="A folder of types of your own, trained; gives `labels`.")
    ] = None,
    settings: SettingsOption = None,
) -> None:
    """Code articles: one JSON line each on stdout, or into a dataset."""
    from dateline.run import code_all, read_all

    chosen = _with_registry(load_settings(settings, os.environ), registry)
    if codebook is not None:
        chosen = replace(chosen, codebook=str(codebook))
    given = Given(published, outlet, url, encoding, chosen.max_article_characters)
    faults = _Faults()
    articles = read_all(files, given, report=faults.report)
    if into is None:
        for coded in code_all(articles, _coder(chosen), report=faults.report, workers=workers):
            typer.echo(json.dumps(coded.to_dict(), ensure_ascii=False))
    else:
        with _progress(total=None) as advance:
            added = _store(into, articles, chosen, faults=faults, advance=advance, workers=workers)
        _words.print(f"{into}: {_added(added)}", markup=False)
    faults.exit()


@app.command()
def demo(
    dataset: Annotated[Path, typer.Argument(help="Where the coded dispatches go.")] = Path("demo-dataset"),
    desk: Annotated[bool, typer.Option(help="Start the desk afterwards.")] = True,
    settings: SettingsOption = None,
) -> None:
    """Code the built-in dispatches on Idlib, 2018, and open them on the desk."""
    from dateline.demo import demo_articles

    chosen = load_settings(settings, os.environ)
    faults = _Faults()
    articles = list(demo_articles())
    with _progress(total=len(articles)) as advance:
        added = _store(dataset, iter(articles), chosen, faults=faults, advance=advance, workers=1)
    _words.print(f"{dataset}: {_added(added)}", markup=False)
    faults.exit()
    if desk:
        _open_desk(dataset, chosen.desk_host, chosen.desk_port)


@app.command()
def show(
    dataset: Annotated[Path, typer.Argument(help="A dataset.")],
    article: Annotated[str | None, typer.Argument(help="An article's id, or how it begins, for its records.")] = None,
) -> None:
    """Print what a dataset holds: its articles, or the records of one."""
    from dateline.show import article_lines, dataset_lines

    for line in dataset_lines(dataset) if article is None else article_lines(dataset, article):
        typer.echo(line)


@app.command()
def desk(
    dataset: Annotated[Path, typer.Argument(help="A dataset.")],
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The first port to try.")] = None,
    settings: SettingsOption = None,
) -> None:
    """Open a dataset in the browser."""
    chosen = load_settings(settings, os.environ)
    _open_desk(dataset, host or chosen.desk_host, port or chosen.desk_port)


@actors_app.command("find")
def find_actors(
    name: Annotated[str, typer.Argument(help="A name, in any spelling the registry knows or one that sounds alike.")],
    on: Annotated[
        str | None, typer.Option("--on", help="A day, YYYY-MM-DD: who it was then, and in what role.")
    ] = None,
    registry: RegistryOption = None,
    settings: SettingsOption = None,
) -> None:
    """Print the actors of a name, with what they are part of and the roles they hold, or held on a day."""
    from dateline.who import find_like, load_registry
    from dateline.who.show import actor_lines

    day = _day(on)
    chosen = _with_registry(load_settings(settings, os.environ), registry)
    known = load_registry(Path(chosen.registry) if chosen.registry else None)
    found = find_like(known, name, on=day)
    if not found:
        raise InputError(
            f"{name!r}: no actor of the registry has that name{f' on {day}' if day else ''}; try fewer words"
        )
    for entry in found:
        for line in actor_lines(known, entry, day):
            typer.echo(line)


@gazetteer_app.command("build")
def build_gazetteer(
    source: Annotated[Path, typer.Option("--from", help="GeoNames' allCountries.zip, or the file of a country.")],
    out: Annotated[Path, typer.Option(help="The file to make.")] = Path("gazetteer.npz"),
    countries: Annotated[str, typer.Option(help="ISO alpha-3 codes, as in SYR,IRQ; all of the dump's without.")] = "",
) -> None:
    """Make a gazetteer of a full GeoNames dump; code with it by the setting `gazetteer`."""
    from dateline.where.dump import build

    with _progress(total=None, what="reading", of="lines") as advance:
        built = build(source, out, countries=[code for code in countries.split(",") if code], progress=advance)
    _words.print(f"{built.path}: {built.places:,} places; set gazetteer: {built.path} to code with it", markup=False)


@codebook_app.command("check")
def check_codebook(folder: Annotated[Path, typer.Argument(help="A folder with one YAML file a type.")]) -> None:
    """Tell every fault of a codebook of your own, or its types with their counts."""
    from dateline.own import codebook_lines, read_folder
    from dateline.own.folder import FolderFaultsError

    faults = _Faults()
    try:
        lines = list(codebook_lines(read_folder(folder)))
    except FolderFaultsError as error:
        lines = []
        for fault in error.faults:
            faults.report(fault)
    for line in lines:
        typer.echo(line)
    faults.exit()


@codebook_app.command("train")
def train_codebook(
    folder: Annotated[Path, typer.Argument(help="A folder with one YAML file a type.")],
    out: Annotated[Path | None, typer.Option(help="The file to make, where not head.npz in the folder.")] = None,
) -> None:
    """Fit a head to a codebook of your own and print how it does in cross-validation."""
    from dateline.language import load_encoder
    from dateline.own import read_folder, train, training_lines
    from dateline.own.head import FILE

    trained = train(read_folder(folder), load_encoder())
    path = out or folder / FILE
    trained.head.save(path)
    for line in training_lines(trained):
        typer.echo(line)
    _words.print(f"{path}: written; code with it by `dateline code FILE --codebook {out or folder}`", markup=False)


@app.command()
def evaluate(
    coded: Annotated[
        Path, typer.Argument(help="Coded records in JSON Lines (- is standard input), or a dataset.", metavar="CODED")
    ],
    hand_coded: Annotated[Path, typer.Argument(help="A CSV table of the events people found.", metavar="HAND-CODED")],
    out: Annotated[Path | None, typer.Option(help="A CSV file to write the disagreements to, side by side.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
) -> None:
    """Compare coded events with hand-coded ones: precision, recall, F1 and Krippendorff's alpha, by type."""
    from dateline.evaluation import evaluate as compare
    from dateline.evaluation import evaluation_json, evaluation_lines, write_disagreements

    found = compare(coded, hand_coded)
    if out is not None:
        write_disagreements(out, found, inputs=(coded, hand_coded))
    for line in [evaluation_json(found)] if as_json else evaluation_lines(found):
        typer.echo(line)


@app.command()
def outlet(
    dataset: Annotated[Path, typer.Argument(help="A dataset.")],
    name: Annotated[str | None, typer.Argument(help="An outlet; all of them are listed without.")] = None,
    quoted: Annotated[
        bool, typer.Option(help="Count what speakers say too, not the outlet's own voice alone.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
) -> None:
    """How an outlet names each party and which loaded words it uses, beside all others: shares of articles."""
    from dateline.dataset import Dataset
    from dateline.outlets import outlets_of, report, report_json, report_lines

    opened = Dataset.open(dataset)
    if name is None:
        lines: Iterable[str] = outlets_of(opened)
    else:
        found = report(opened, name, quoted=quoted)
        lines = [report_json(found)] if as_json else report_lines(found)
    for line in lines:
        typer.echo(line)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the coded record."""
    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _with_registry(settings: Settings, registry: Path | None) -> Settings:
    return settings if registry is None else replace(settings, registry=str(registry))


def _day(text: str | None) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError as error:
        raise InputError(f"--on: {text!r} is no day; write YYYY-MM-DD") from error


def _coder(settings: Settings) -> Coder:
    from dateline.coder import Coder

    return Coder(settings)


def _store(
    path: Path,
    articles: Iterator[Article],
    settings: Settings,
    *,
    faults: _Faults,
    advance: Callable[[int], None],
    workers: int,
) -> Added:
    from dateline.dataset import Dataset
    from dateline.run import code_into

    return code_into(
        Dataset.open_or_create(path),
        articles,
        lambda: _coder(settings),
        report=faults.report,
        progress=advance,
        workers=workers,
        batch=settings.commit_articles,
    )


@contextmanager
def _progress(total: int | None, *, what: str = "coding", of: str = "articles") -> Iterator[Callable[[int], None]]:
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn(of), TimeElapsedColumn())
    with Progress(*columns, console=_words, transient=not _words.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.advance(task, count)


def _added(added: Added) -> str:
    parts = [f"{added.new} new", f"{added.revised} revised", f"{added.known} already there"]
    return "articles: " + ", ".join(parts)


def _open_desk(dataset: Path, host: str, port: int) -> None:
    try:
        from dateline.desk import serve
    except ImportError as error:
        raise InputError(f"the desk needs {error.name}; install dateline[desk]") from error
    serve(
        dataset,
        host=host,
        port=port,
        on_ready=lambda address: _words.print(f"The desk is open at {address} (Ctrl-C closes it)"),
    )


def _one_line(message: str) -> str:
    return " ".join(message.split())


def main() -> None:
    """Run the command line; a user's mistake is one line and exit code 1."""
    try:
        app()
    except DatelineError as error:
        _words.print(f"dateline: {_one_line(str(error))}", markup=False)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output has gone (`dateline code … | head`): no fault, and nothing more to write.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
