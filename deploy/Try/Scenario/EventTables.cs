using System.Globalization;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Spectre.Console;

namespace Integration.Try.Scenario;

/// <summary>Shows what an event brought about: receipt, clocks, notice.</summary>
internal sealed class EventTables(IAnsiConsole console)
{
    private const string Nothing = "–";
    private readonly Padding _indent = new(3, 0, 0, 0);

    public void Show(EventReceipt receipt) =>
        Pairs(
            ("回执 receipt", receipt.ReceiptId),
            ("收到 received", Time(receipt.ReceivedAt)),
            ("受理时限 accept by", Time(receipt.AcceptBy)),
            ("案件 case", receipt.CaseId),
            ("SHA-256", receipt.Sha256)
        );

    public void Show(CaseResponse found)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (
            var heading in new[] { "时钟 clock", "计时 counts", "开始 started", "到期 due", "结束 ended", "灯 light" }
        )
        {
            table.AddColumn(new TableColumn(heading).NoWrap());
        }

        foreach (var clock in found.Clocks)
        {
            table.AddRow(
                clock.Clock,
                Words.For(clock.Kind),
                Time(clock.StartedAt),
                Time(clock.DueAt),
                Time(clock.EndedAt),
                clock.Colour is { } colour ? $"[{Words.ColourOf(colour)}]{Words.For(colour)}[/]" : Nothing
            );
        }

        console.Write(new Padder(table, _indent));
    }

    public void Show(VerifiedNotice verified)
    {
        var notice = verified.Notice;
        Pairs(
            ("通知 notice", $"{notice.Type} {notice.Id}"),
            ("签名 signature", $"✓ {verified.Signature}"),
            ("发生 happened", Time(notice.Time)),
            ("内容 text", notice.Data.Text),
            ("下一步 next", notice.Data.Next),
            ("热线 hotlines", string.Join(" · ", notice.Data.Hotlines.Select(line => $"{line.Number} {line.Name}")))
        );
    }

    private void Pairs(params ReadOnlySpan<(string Name, string Value)> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).HideHeaders();
        table.AddColumn(new TableColumn(string.Empty).NoWrap()).AddColumn(string.Empty);
        foreach (var (name, value) in rows)
        {
            table.AddRow(new Text(name), new Text(value));
        }

        console.Write(new Padder(table, _indent));
    }

    private static string Time(DateTimeOffset? at) =>
        at?.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? Nothing;
}
