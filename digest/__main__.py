"""The command line: `python -m digest`, installed as `jianbao`.

Leaves with 0 when all went well, 2 for a wrong call or configuration, 3 for wrong data, 5 when no correct pages are
possible, 1 for a bug (with its traceback), 130 when interrupted and 143 when told to end. Results go to stdout, what a
person should see to stderr.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from digest import __version__
from digest.errors import DataError, DigestError, OutputError, RenderError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import FrameType

    from digest.findings import Finding
    from digest.plates import FigureResult

EXIT_CODES: Final = """\
退出码：
  0    完成
  2    命令、选项或配置有误，或者写不出文件
  3    数据有误（逐条列在标准错误输出里）
  5    排不出正确的版面（缺字、缺字体、图画不出来……）
  1    程序自身的错误（附调用栈）
  130  被 Ctrl-C 中断，143 被终止：都不留下半个文件
"""

CHART: Final = """\
把 Plotly 图画成一张一个的文件，不用浏览器。几张图互不相干：哪张有错，最后一起说，其余照画。"""

DOCTOR: Final = """\
看这台机器上的软件包、浏览器、字体和画图引擎，再画一打样图和核对过的比。
每样一行：正常、有疑（做得出来，但要看一看，或少了不常用的东西）、不行。有不行的，退出码是 5。"""

# What argparse says in English, and how we say it.
PHRASES: Final = (
    ("the following arguments are required: ", "缺少参数："),
    ("unrecognized arguments: ", "不认识的参数："),
    ("expected one argument", "后面要跟一个值"),
    ("invalid choice: ", "没有这个选项："),
    ("choose from ", "可以是 "),
    ("ambiguous option: ", "选项不明确："),
    ("could match", "可能是"),
    ("ignored explicit argument", "不带值，却给了"),
    ("argument ", ""),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Chinese shows codes, help does not crash
    signal.signal(signal.SIGTERM, _leave)
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except DigestError as error:
        return _report_error(error, as_json=options.json)
    except KeyboardInterrupt:
        print("已中断，没有留下半个文件。", file=sys.stderr)
        return 128 + signal.SIGINT
    except BrokenPipeError:
        return 128 + 13  # as a shell has it: ended by SIGPIPE, which Windows does not know by name


def build(options: argparse.Namespace) -> int:
    """Write the digest of a project."""
    from digest.charts.engines import ChartEngine
    from digest.data.load import load
    from digest.report import file_name, generate_digest
    from digest.style import BRIEFING

    to_stdout = options.output == "-"
    if to_stdout and options.json:
        raise UsageError("-o - 和 --json 都要用标准输出，只能选一个", code="U002")
    with ChartEngine(options.engine) as charts:
        if options.cache is None and Path(options.project, "digest.toml").is_file():
            charts.start()  # while data are read
        digest = load(options.project, options.period, options.member)
        output = None if to_stdout else options.output or file_name(digest)
        result = generate_digest(
            digest,
            output,
            style=BRIEFING.in_grey() if options.grey else BRIEFING,
            engine=charts,
            cache=options.cache,
            strict=options.strict,
            on_chart_error=options.on_chart_error,
        )
    _show(result.findings)
    if to_stdout:
        _say(result.data)
    elif options.json:
        told = {"status": result.status, "path": str(result.path), "sha256": result.sha256, "pages": result.pages}
        _say(_json(**told, findings=_plain(result.findings)))
    else:
        _say(f"已写出 {result.path}：{result.pages} 页，sha256 {result.sha256[:16]}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Look a project over; no pages are made."""
    from digest.report import check as look_over

    result = look_over(options.project, period=options.period, member=options.member)
    _show(result.findings)
    errors = sum(finding.severity == "error" for finding in result.findings)
    if options.json:
        status = "ok" if result.ok else "failed"
        _say(_json(status=status, facts=len(result.facts), findings=_plain(result.findings)))
    elif result.ok:
        _say(f"检查通过：{len(result.facts)} 项数据，{len(result.findings)} 条提示")
    else:
        _say(f"检查未通过：{errors} 处错误，共 {len(result.findings)} 条提示")
    return 0 if result.ok else DataError.exit_code


def chart(options: argparse.Namespace) -> int:
    """Draw figures, each as a file of its own."""
    from digest.charts.known import doubt
    from digest.plates import FiguresError, render_figures

    try:
        results = render_figures(
            options.figures,
            options.output,
            format=options.format,
            engine=options.engine,
            look=options.look,
            width=options.width,
            height=options.height,
            scale=options.scale,
            cache=options.cache,
        )
    except FiguresError as error:
        results = error.results
    _show(result.finding for result in results if result.finding)
    _show(filter(None, (doubt(),)))
    written = [result for result in results if result.status == "written"]
    if options.json:
        _say(json.dumps([_told(result) for result in results], ensure_ascii=False, indent=2))
    else:
        for result in written:
            _say(f"已写出 {result.path}：{result.width:g} × {result.height:g} 磅，sha256 {result.sha256[:16]}")
        if len(written) < len(results):
            _say(f"{len(results)} 张图，画好 {len(written)} 张，没画成 {len(results) - len(written)} 张")
    return 0 if len(written) == len(results) else RenderError.exit_code


def doctor(options: argparse.Namespace) -> int:
    """Look over what this machine has, and draw the samples."""
    from digest.doctor import examine

    checks = []
    for check in examine():
        checks.append(check)
        if not options.json:
            _say(str(check))
    if options.json:
        _say(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
    return RenderError.exit_code if any(check.state == "broken" for check in checks) else 0


def init(options: argparse.Namespace) -> int:
    """Lay a small project that works, to start from."""
    from digest.data.starter import init_project

    init_project(options.folder)
    _say(f"已建好 {options.folder}；试一试：python -m digest build {options.folder} -o 简报.pdf")
    return 0


def trace(options: argparse.Namespace) -> int:
    """Print the pages as text, or lay grid and boxes over them."""
    from digest.layout.overlay import overlay
    from digest.layout.trace import trace as write_out
    from digest.pdf.publish import publish
    from digest.pdf.write import write_pdf
    from digest.report import proof_digest

    proof = proof_digest(options.project, period=options.period, member=options.member)
    _show(proof.findings)
    if options.overlay:
        publish(write_pdf(overlay(proof.pages, proof.style), proof.fonts), Path(options.overlay))
        _say(f"已写出 {options.overlay}：{len(proof.pages.pages)} 页，画有版心、基线、字格和各块的边框")
    else:
        _say(write_out(proof.pages).rstrip("\n"))
    return 0


def _report_error(error: DigestError, *, as_json: bool) -> int:
    """Say what is wrong, in the form that was asked for."""
    findings = error.findings if isinstance(error, DataError) else ()
    if findings:
        _show(findings)
    else:
        print(f"错误 {error}", file=sys.stderr)
    if as_json:
        _say(_json(status="failed", code=error.code, message=error.message, findings=_plain(findings)))
    return error.exit_code


def _show(findings: Iterable[Finding]) -> None:
    """One finding a line, to stderr."""
    for finding in findings:
        print(finding, file=sys.stderr)


def _plain(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [asdict(finding) for finding in findings]


def _told(result: FigureResult) -> dict[str, object]:
    """One figure, for programs."""
    told = {"name": result.name, "status": result.status, "path": str(result.path) if result.path else None}
    size = {"width": result.width, "height": result.height, "sha256": result.sha256}
    return told | size | {"finding": asdict(result.finding) if result.finding else None}


def _say(words: str | bytes) -> None:
    """Write to stdout, at once; OutputError when there is no room for it."""
    data = words if isinstance(words, bytes) else f"{words}\n".encode(sys.stdout.encoding, "backslashreplace")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left in the buffer is not tried again
        if isinstance(error, BrokenPipeError):  # whoever read our output has left: `... | head`
            raise
        raise OutputError(f"写不到标准输出：{error.strerror}", code="U030") from error


def _json(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2)


def _leave(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - the signature of a signal handler
    raise SystemExit(128 + number)  # unwinds, so that whoever holds a temporary file removes it


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **options)  # type: ignore[arg-type]
        self.arguments = self.add_argument_group("参数")
        self.options = self.add_argument_group("选项")
        self.options.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        for english, chinese in PHRASES:
            message = message.replace(english, chinese)
        self.exit(2, f"{self.format_usage()}错误 U001 {message}\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Usage lines that begin in Chinese."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def _parser() -> _Parser:
    """All commands with their options."""
    parser = _Parser(prog="jianbao", description="把单位的数据变成排版好的工作简报（PDF）。", epilog=EXIT_CODES)
    parser.options.add_argument("--version", action="version", version=f"jianbao {__version__}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True, parser_class=_Parser)

    command = _command(commands, "build", build, "生成简报")
    command.options.add_argument(
        "-o", "--output", metavar="文件", help="写到哪里；- 是标准输出；不给则按报头和日期取名"
    )
    _drawing(command)
    command.options.add_argument("--grey", action="store_true", help="印成黑白：所有颜色都换成同样深浅的灰")
    command.options.add_argument("--strict", action="store_true", help="有警告就不出文件")
    command.options.add_argument(
        "--on-chart-error",
        choices=("raise", "omit"),
        default="raise",
        help="有图画不出来时：raise 不出文件（默认），omit 在原处写明原因和数据，照样出文件",
    )

    _command(commands, "check", check, "只检查数据和出处，不出文件")
    command = _command(commands, "trace", trace, "把版面打印成文本")
    command.options.add_argument(
        "--overlay", metavar="文件", help="不打印文本，另写一份画出版心、基线、字格和边框的 PDF"
    )

    command = commands.add_parser("chart", help="单独画图", description=CHART, epilog=EXIT_CODES)
    command.arguments.add_argument(
        "figures", metavar="图.json", nargs="+", help="Plotly 图，fig.write_json 存出来的 JSON"
    )
    command.options.add_argument(
        "-o", "--output", metavar="文件夹", default=".", help="写到哪个文件夹，文件名随输入；不给则写在当前文件夹"
    )
    command.options.add_argument(
        "--format",
        choices=("pdf", "svg", "png"),
        default="pdf",
        help="pdf 是矢量（默认），svg 的字要看图的机器上有中文字体，png 是像素（要装 pypdfium2 或用浏览器）",
    )
    command.options.add_argument(
        "--look",
        choices=("auto", "own", "digest"),
        default="auto",
        help="own 照图自己的模板，没写大小就是 700 × 450；digest 照简报的样式，没写大小就是版心宽、高 180；"
        "auto 图里有模板就照图的，没有就照简报的（默认）",
    )
    for side, name in (("width", "宽"), ("height", "高")):
        command.options.add_argument(
            f"--{side}", type=float, metavar="磅", help=f"{name}；不给则照图自己的。图的 1 个单位（像素）是 1 磅"
        )
    command.options.add_argument("--scale", type=float, metavar="倍数", default=2.0, help="png 每磅几个像素，默认 2")
    _drawing(command)
    command.options.add_argument("--json", action="store_true", help="每张图的结果用 JSON 打印到标准输出")
    command.set_defaults(run=chart)

    command = commands.add_parser("doctor", help="看这台机器上齐不齐", description=DOCTOR)
    command.options.add_argument("--json", action="store_true", help="结果用 JSON 打印到标准输出")
    command.set_defaults(run=doctor)

    command = commands.add_parser("init", help="新建一个能用的小项目", description="新建一个能用的小项目。")
    command.arguments.add_argument("folder", metavar="文件夹", help="放在哪里；要么还没有，要么是空的")
    command.set_defaults(run=init, json=False)
    return parser


def _drawing(command: _Parser) -> None:
    """Options of whatever draws."""
    command.options.add_argument(
        "--engine",
        choices=("auto", "inprocess", "kaleido"),
        default="auto",
        help="画图的引擎：inprocess 在进程内画，kaleido 要有浏览器，auto 能在进程内就在进程内（默认）",
    )
    command.options.add_argument("--cache", metavar="文件夹", help="把画好的图存在这里，下次直接用")


def _command(
    commands: argparse._SubParsersAction[_Parser], name: str, run: Callable[[argparse.Namespace], int], summary: str
) -> _Parser:
    """A command that takes a project."""
    command = commands.add_parser(name, help=summary, description=f"{summary}。", epilog=EXIT_CODES)
    command.arguments.add_argument("project", metavar="项目", help="项目文件夹，里面有 digest.toml")
    command.options.add_argument("--period", metavar="报告期", help="项目里有几期时选一期，如 2023-12")
    command.options.add_argument("--member", metavar="成员", default="", help="只做名册里一个成员的，如 济南")
    command.options.add_argument("--json", action="store_true", help="结果用 JSON 打印到标准输出")
    command.set_defaults(run=run)
    return command


if __name__ == "__main__":
    sys.exit(main())
