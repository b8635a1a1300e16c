using System.Buffers;
using System.Text;
using Integration.Gateway.Platform.Http.Front;
using Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http;

namespace Integration.Fuzzing.Targets;

/// <summary>
/// The bytes of a connection before Kestrel. Where they are cut changes nothing, and Kestrel reads a head that passed with the same method,
/// target and length.
/// </summary>
internal static class FrontFilterTarget
{
    private static readonly FrontLimits s_limits = new(RequestLineBytes: 2048, HeaderBytes: 4096, Headers: 32);

    public static void Read(byte[] input)
    {
        var (whole, cut) = (Verdict(input, input.Length), Verdict(input, 1));
        if (whole != cut)
        {
            throw new FuzzFinding($"{whole} in one piece, {cut} byte by byte");
        }

        var scan = new MessageScan(s_limits);
        var passed = scan.Advance(new ReadOnlySequence<byte>(input));
        var end = input.AsSpan(0, (int)passed).IndexOf("\r\n\r\n"u8);
        if (end > 0 && !scan.IsHttp2)
        {
            CompareWithKestrel(input.AsSpan(0, end + 4), passed - end - 4, scan.IsBetween);
        }
    }

    private static void CompareWithKestrel(ReadOnlySpan<byte> head, long body, bool isWhole)
    {
        var kestrel = new KestrelHead();
        var parser = new HttpParser<KestrelHead>();
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(head.ToArray()));
        if (!parser.ParseRequestLine(kestrel, ref reader) || !parser.ParseHeaders(kestrel, ref reader) || !reader.End)
        {
            throw new FuzzFinding("Kestrel does not read the head that passed");
        }

        var line = Encoding.ASCII.GetString(head[..head.IndexOf((byte)'\r')]).Split(' ');
        if (line is not [var method, var target, _] || method != kestrel.Method || target != kestrel.Target)
        {
            throw new FuzzFinding("Kestrel reads another request line");
        }

        if (isWhole && !kestrel.IsChunked && body != kestrel.Length)
        {
            throw new FuzzFinding($"a body of {body} bytes, for Kestrel of {kestrel.Length}");
        }
    }

    private static (long Passed, string? Rule) Verdict(byte[] stream, int step)
    {
        var scan = new MessageScan(s_limits);
        var passed = 0L;
        for (var end = Math.Min(step, stream.Length); ; end = Math.Min(end + step, stream.Length))
        {
            long taken;
            do
            {
                scan.Next();
                taken = scan.Advance(new ReadOnlySequence<byte>(stream, (int)passed, end - (int)passed));
                passed += taken;
            } while (taken > 0);

            if (end == stream.Length)
            {
                return (passed, scan.Broken?.Name);
            }
        }
    }

    private sealed class KestrelHead : IHttpRequestLineHandler, IHttpHeadersHandler
    {
        public string? Method { get; private set; }

        public string? Target { get; private set; }

        public long Length { get; private set; }

        public bool IsChunked { get; private set; }

        public void OnStartLine(
            HttpVersionAndMethod versionAndMethod,
            TargetOffsetPathLength targetPath,
            Span<byte> startLine
        )
        {
            var line = Encoding.ASCII.GetString(startLine).TrimEnd('\r', '\n').Split(' ');
            (Method, Target) = (line[0], line[1]);
        }

        public void OnHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
            {
                Length = long.Parse(Encoding.ASCII.GetString(value), System.Globalization.CultureInfo.InvariantCulture);
            }

            IsChunked |= Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8);
        }

        public void OnHeadersComplete(bool endStream) { }

        public void OnStaticIndexedHeader(int index) => throw new NotSupportedException("HTTP/2 and later.");

        public void OnStaticIndexedHeader(int index, ReadOnlySpan<byte> value) =>
            throw new NotSupportedException("HTTP/2 and later.");

        public void OnDynamicIndexedHeader(int? index, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
            throw new NotSupportedException("HTTP/3.");
    }
}
