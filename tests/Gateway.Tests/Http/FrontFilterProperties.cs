using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using CsCheck;
using Integration.Gateway.Platform.Http.Front;

namespace Integration.Gateway.Tests.Http;

/// <summary>The reader of bytes, over streams that no example has.</summary>
public class FrontFilterProperties
{
    private static readonly FrontLimits s_limits = new(RequestLineBytes: 200, HeaderBytes: 400, Headers: 6);

    private static readonly Gen<string> s_word = Gen.String[Gen.Char["abcXYZ019-_.~"], 1, 12];

    private static readonly Gen<string> s_header = Gen.Select(s_word, Gen.String[Gen.Char['\x20', '\x7e'], 0, 30])
        .Select((name, value) => $"X-{name}: {value}\r\n");

    private static readonly Gen<string> s_body = Gen.OneOf(
        Gen.Const("\r\n"),
        Gen.String[Gen.Char['\0', '\xff'], 0, 40].Select(body => $"Content-Length: {body.Length}\r\n\r\n{body}"),
        Gen.String[Gen.Char['\0', '\xff'], 1, 20]
            .Array[0, 4]
            .Select(chunks =>
                $"Transfer-Encoding: chunked\r\n\r\n{string.Concat(chunks.Select(c => $"{c.Length:x}\r\n{c}\r\n"))}0\r\n\r\n"
            )
    );

    private static readonly Gen<string> s_request = Gen.Select(s_word, s_header.Array[0, 4], s_body)
        .Select((path, headers, body) => $"POST /a{path} HTTP/1.1\r\nHost: x\r\n{string.Concat(headers)}{body}");

    private static readonly Gen<byte[]> s_good = s_request
        .Array[1, 4]
        .Select(all => Encoding.Latin1.GetBytes(string.Concat(all)));

    private static readonly Gen<int[]> s_cuts = Gen.Int[0, 400].Array[0, 12];

    /// <summary>A good stream with a few bytes changed, so that it breaks anywhere.</summary>
    private static readonly Gen<byte[]> s_spoilt = Gen.Select(
            s_good,
            Gen.Select(
                Gen.Int[0, 300],
                Gen.OneOf(Gen.Byte, Gen.Char[" \t\r\n:;0+,/%"].Select(value => (byte)value))
            ).Array[0, 3]
        )
        .Select(
            (good, changes) =>
            {
                var spoilt = good.ToArray();
                foreach (var (at, value) in changes)
                {
                    spoilt[at % spoilt.Length] = value;
                }

                return spoilt;
            }
        );

    [Fact]
    public void Where_a_stream_is_cut_changes_nothing() =>
        Gen.Select(s_spoilt, s_cuts)
            .Sample((stream, cuts) => Assert.Equal(Verdict(stream, []), Verdict(stream, cuts)), iter: 3000);

    [Fact]
    public void Random_bytes_are_judged_and_never_thrown_over() =>
        Gen.Select(Gen.Byte.Array[0, 200], s_cuts)
            .Sample((stream, cuts) => Assert.Equal(Verdict(stream, []), Verdict(stream, cuts)), iter: 3000);

    [Fact]
    public void A_good_stream_passes_whole() =>
        s_good.Sample(stream => Assert.Equal((stream.Length, null), Verdict(stream, [])), iter: 1000);

    [Fact]
    public void A_spoilt_stream_is_often_refused()
    {
        // Without this the property above could hold because nothing is ever refused.
        var (refused, passed) = (0, 0);
        s_spoilt.Sample(
            stream =>
                _ = Verdict(stream, []).Rule is null
                    ? Interlocked.Increment(ref passed)
                    : Interlocked.Increment(ref refused),
            iter: 1000
        );
        Assert.True(refused > 100 && passed > 100, $"{refused} refused, {passed} passed");
    }

    [Fact]
    public void Kestrel_reads_a_good_stream_byte_for_byte_however_it_arrives() =>
        Gen.Select(s_request.Array[1, 4], s_cuts)
            .Sample(
                (requests, cuts) =>
                {
                    var all = Encoding.Latin1.GetBytes(string.Concat(requests));
                    Assert.Equal(all, ReadLikeKestrelAsync(all, cuts, Heads(requests)).GetAwaiter().GetResult());
                },
                iter: 500
            );

    /// <summary>What passes and which rule breaks, when the stream arrives in pieces.</summary>
    private static (int Passed, string? Rule) Verdict(byte[] stream, int[] cuts)
    {
        var scan = new MessageScan(s_limits);
        var held = new List<byte[]>();
        var passed = 0L;
        foreach (var piece in Pieces(stream, cuts))
        {
            held.Add(piece);
            long step;
            do
            {
                scan.Next();
                var all = Sequence(held).Slice(passed);
                step = scan.Advance(all);
                passed += step;
            } while (step > 0);
        }

        return ((int)passed, scan.Broken?.Name);
    }

    /// <summary>Reads as the server does: a head whole, then what there is of the body; a part of a head is left where it is.</summary>
    private static async Task<byte[]> ReadLikeKestrelAsync(byte[] all, int[] cuts, IReadOnlyDictionary<int, int> heads)
    {
        var pipe = new Pipe();
        using var meters = new Meters();
        var reader = new FrontFilterReader(
            pipe.Reader,
            new FrontConnection(new FrontMetrics(meters)),
            s_limits,
            new FrameScan(TimeProvider.System, new AnswersOwed(TimeProvider.System, () => { }))
        );
        var writing = WriteAsync(pipe.Writer, Pieces(all, cuts));
        var read = new List<byte>();
        while (true)
        {
            var result = await reader.ReadAsync();
            var shown = result.Buffer;
            if (heads.TryGetValue(read.Count, out var head) && shown.Length < head && !result.IsCompleted)
            {
                reader.AdvanceTo(shown.Start, shown.End);
                continue;
            }

            read.AddRange(shown.ToArray());
            reader.AdvanceTo(shown.End);
            if (result.IsCompleted)
            {
                await writing;
                return [.. read];
            }
        }
    }

    private static async Task WriteAsync(PipeWriter writer, IEnumerable<byte[]> pieces)
    {
        foreach (var piece in pieces)
        {
            await writer.WriteAsync(piece);
            await Task.Yield();
        }

        await writer.CompleteAsync();
    }

    /// <summary>Where heads begin, and how long they are.</summary>
    private static Dictionary<int, int> Heads(string[] requests)
    {
        var heads = new Dictionary<int, int>();
        var at = 0;
        foreach (var request in requests)
        {
            heads[at] = request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            at += request.Length;
        }

        return heads;
    }

    private static IEnumerable<byte[]> Pieces(byte[] all, int[] cuts)
    {
        var at = 0;
        foreach (var cut in cuts.Where(cut => cut < all.Length).Order())
        {
            yield return all[at..cut];
            at = cut;
        }

        yield return all[at..];
    }

    private static ReadOnlySequence<byte> Sequence(List<byte[]> pieces)
    {
        var first = new Segment(pieces[0], before: null);
        var last = pieces.Skip(1).Aggregate(first, (before, piece) => new Segment(piece, before));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            if (before is not null)
            {
                before.Next = this;
            }
        }
    }

    private sealed class Meters : System.Diagnostics.Metrics.IMeterFactory
    {
        public System.Diagnostics.Metrics.Meter Create(System.Diagnostics.Metrics.MeterOptions options) => new(options);

        public void Dispose() { }
    }
}
