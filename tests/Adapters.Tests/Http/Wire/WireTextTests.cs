using System.Text;
using CsCheck;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Http.Wire;

public class WireTextTests
{
    /// <summary>张三 in GBK.</summary>
    private static readonly byte[] s_gbk = [0x22, 0xD5, 0xC5, 0xC8, 0xFD, 0x22];

    [Theory]
    [InlineData(null)]
    [InlineData("utf-8")]
    [InlineData("\"UTF-8\"")]
    [InlineData("utf8")]
    [InlineData("us-ascii")]
    public void Utf8_under_any_of_its_labels_is_read(string? charset) =>
        Assert.True(WireText.Utf8("{}"u8.ToArray(), charset).Succeeded(out _, out _));

    [Theory]
    [InlineData("gbk")]
    [InlineData("GB2312")]
    [InlineData("gb18030")]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    [InlineData("nonsense")]
    public void Another_declared_charset_is_refused_whatever_the_bytes_are(string charset) =>
        Assert.Equal(WireFailure.Charset, FailureOf("{}"u8.ToArray(), charset));

    [Fact]
    public void Undeclared_gbk_is_refused() => Assert.Equal(WireFailure.Charset, FailureOf(s_gbk, charset: null));

    [Fact]
    public void Utf16_is_refused() =>
        Assert.Equal(
            WireFailure.Charset,
            FailureOf([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"a\":\"张三\"}")], charset: null)
        );

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        Assert.True(WireText.Utf8(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'1' }, "utf-8").Succeeded(out var text, out _));
        Assert.Equal("1"u8.ToArray(), text.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \r\n")]
    public void Nothing_is_a_failure_and_no_empty_answer(string text) =>
        Assert.Equal(WireFailure.Empty, FailureOf(Encoding.UTF8.GetBytes(text), "utf-8"));

    [Fact]
    public void Every_valid_text_comes_back_unchanged() =>
        Gen
            .String.Where(text => !text.Any(char.IsSurrogate) && !string.IsNullOrWhiteSpace(text))
            .Sample(text =>
            {
                var bytes = Encoding.UTF8.GetBytes("." + text);
                Assert.True(WireText.Utf8(bytes, "utf-8").Succeeded(out var read, out _));
                Assert.Equal(bytes, read.ToArray());
            });

    [Fact]
    public void No_bytes_make_it_throw() =>
        Gen
            .Byte.Array[0, 64]
            .Sample(bytes =>
            {
                _ = WireText.Utf8(bytes, null);
            });

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("　", null)]
    [InlineData("null", null)]
    [InlineData("NULL", null)]
    [InlineData(" 张三 ", "张三")]
    [InlineData("nullable", "nullable")]
    public void What_stands_for_nothing_is_nothing(string? sent, string? read) =>
        Assert.Equal(read, WireText.Clean(sent));

    private static AgencyFailure? FailureOf(byte[] body, string? charset)
    {
        WireText.Utf8(body, charset).Succeeded(out _, out var failure);
        return failure;
    }
}
