using System.Text;
using CsCheck;
using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Adapters.Utilities.Television;

namespace Integration.Adapters.Tests.Utilities.Television;

/// <summary>The format of the box, and what stands in its files.</summary>
public class BoxFileTests
{
    private const string Receipt = "\"51\",\"LEG-1-1\",\"GD1\",\"在办\"\r\n\"99\",\"1\"\r\n";

    private static readonly Gen<string> s_field = Gen.String[
        Gen.OneOf(Gen.Const('"'), Gen.Const(','), Gen.Char['一', '龥']),
        0,
        8
    ];

    [Fact]
    public void What_is_written_is_read() =>
        Gen.Select(Gen.String["12345"], s_field.List[0, 5])
            .List[0, 5]
            .Sample(lines =>
            {
                var file = new BoxFile([
                    .. lines.Select(line => (IReadOnlyList<string>)[$"0{line.Item1}", .. line.Item2]),
                ]);
                var read = Read(Encoding.UTF8.GetString(file.Bytes()));
                Assert.Equal(
                    file.Lines.Select(line => string.Join('\u0001', line)),
                    read!.Lines.Select(line => string.Join('\u0001', line))
                );
            });

    [Fact]
    public void A_file_that_was_cut_anywhere_is_none() =>
        Assert.All(Enumerable.Range(0, Receipt.Length), length => Assert.Null(Read(Receipt[..length])));

    [Theory]
    [InlineData("\"51\",\"a\"\n\"99\",\"1\"\n")]
    [InlineData("51,a\r\n99,1\r\n")]
    [InlineData("\"51\",\"a\"x\r\n\"99\",\"1\"\r\n")]
    [InlineData("\"51\",\"a\",\r\n\"99\",\"1\"\r\n")]
    [InlineData("\"51\",\"a\"\r\n\"99\",\"2\"\r\n")]
    [InlineData("\"51\",\"a\"\r\n\"99\",\"1\"\r\n\"99\",\"2\"\r\n")]
    [InlineData("\"51\",\"a\"\r\n\r\n\"99\",\"2\"\r\n")]
    [InlineData("\"51\",\"a\"\r\n")]
    public void A_file_in_another_format_is_none(string text) => Assert.Null(Read(text));

    [Fact]
    public void A_line_break_in_a_field_becomes_a_space() =>
        Assert.Equal(
            "\"01\",\"a b\"\r\n\"99\",\"1\"\r\n",
            Encoding.UTF8.GetString(
                new BoxFile([
                    ["01", "a\r\nb"],
                ]).Bytes()
            )
        );

    [Theory]
    [InlineData("LEG-1-1", "LEG-2-1", "51")]
    [InlineData("GD1", "GD2", "reference")]
    [InlineData("在办", "退件", "field-standing")]
    [InlineData("在办", "unknown", "field-standing")]
    [InlineData(",\"在办\"", "", "field-51")]
    public void A_receipt_of_another_order_or_without_what_belongs_there_is_none(
        string part,
        string instead,
        string code
    )
    {
        var file = Read(Receipt.Replace(part, instead, StringComparison.Ordinal))!;
        Assert.Equal(code, Failure(TelevisionReader.Receipt(file, Legs.Key(reference: "GD1"))).Code);
    }

    [Theory]
    [InlineData("LEG-2-1", "已受理", "2026-11-23 10:00:00", "61")]
    [InlineData("LEG-1-1", "", "2026-11-23 10:00:00", "field-status-code")]
    [InlineData("LEG-1-1", "已受理", "gestern", "field-status-time")]
    public void A_status_of_another_order_or_without_code_or_time_is_none(
        string key,
        string code,
        string at,
        string failure
    )
    {
        var file = new BoxFile([
            ["61", key, code, at, "", ""],
        ]);
        Assert.Equal(failure, Failure(TelevisionReader.Status(file, "1", Legs.Key())).Code);
    }

    [Theory]
    [InlineData("100002", "不欠", "原户", "65")]
    [InlineData("100001", "", "原户", "field-65")]
    [InlineData("100001", "不欠", "", "field-65")]
    public void An_answer_about_another_account_is_none_and_a_broken_flag_is_never_no_arrears(
        string account,
        string owes,
        string holder,
        string code
    ) =>
        Assert.Equal(
            code,
            Failure(
                TelevisionReader.Check(
                    new BoxFile([
                        ["65", account, owes, holder],
                    ]),
                    new TransferQuestion("100001", "张三")
                )
            ).Code
        );

    private static BoxFile? Read(string text) => BoxFile.Read(text).Succeeded(out var file, out _) ? file : null;

    private static AgencyFailure Failure<T>(Reading<T> reading) => Assert.IsType<Reading<T>.Failed>(reading).Failure;
}
