using System.Text;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Control;

/// <summary>Spoils answers in turn: an HTML page with status 200, a cut answer, GBK announced as UTF-8, the text null.</summary>
internal sealed class MalformedAnswers
{
    private const string Page = "<!DOCTYPE html><html><body><h1>系统维护中</h1></body></html>";
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
    private int _turn = -1;

    public Answer Spoil(Answer answer) =>
        (Interlocked.Increment(ref _turn) & 3) switch
        {
            0 => answer with { Status = 200, ContentType = "text/html", Body = Encoding.UTF8.GetBytes(Page) },
            1 => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
            2 => answer with { Body = InGbk(answer.Body.Span) },
            _ => answer with { Body = "null"u8.ToArray() },
        };

    public void Restart() => Volatile.Write(ref _turn, -1);

    private static byte[] InGbk(ReadOnlySpan<byte> body)
    {
        // An answer in plain ASCII is the same in GBK: such an agency sends a GBK error text instead.
        var text = Ascii.IsValid(body) ? "{\"code\":\"-1\",\"message\":\"系统繁忙\"}" : Encoding.UTF8.GetString(body);
        return Gbk.GetBytes(text);
    }
}
