using System.Buffers;
using CsCheck;
using Integration.Gateway.Platform.Http.Front;

namespace Integration.Gateway.Tests.Http;

/// <summary>What is counted is the same however the bytes arrive.</summary>
public sealed class FrameScanTests
{
    private static readonly byte[] s_preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8];

    [Fact]
    public void Where_a_stream_is_cut_changes_nothing()
    {
        var frame = Gen.Select(Gen.Byte[0, 10], Gen.Byte[0, 9], Gen.Byte.Array[0, 40])
            .Select(parts => Http2Wire.Frame(parts.Item1, parts.Item2, 1, parts.Item3));
        var frames = frame.Array[0, 60];
        Gen.Select(frames, Gen.Int[1, 50])
            .Sample(
                (sent, piece) =>
                {
                    byte[] bytes = [.. s_preface, .. sent.SelectMany(each => each)];
                    var whole = Scan();
                    whole.Advance(new ReadOnlySequence<byte>(bytes));
                    var cut = Scan();
                    foreach (var part in bytes.Chunk(piece))
                    {
                        cut.Advance(new ReadOnlySequence<byte>(part));
                    }

                    return whole.Broken == cut.Broken;
                }
            );
    }

    private static FrameScan Scan() => new(TimeProvider.System, new AnswersOwed(TimeProvider.System, () => { }));

    [Fact]
    public void A_frame_that_looks_like_many_inside_is_one()
    {
        var inside = Enumerable.Repeat(Http2Wire.Frame(6, 0, 0, new byte[8]), 600).SelectMany(each => each).ToArray();
        var scan = Scan();

        scan.Advance(new ReadOnlySequence<byte>([.. s_preface, .. Http2Wire.Frame(0, 0, 1, inside)]));

        Assert.Null(scan.Broken);
    }
}
