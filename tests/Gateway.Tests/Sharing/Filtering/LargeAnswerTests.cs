using System.IO.Pipelines;
using System.Text;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Tests.Sharing.Filtering;

/// <summary>Runs alone: what others allocate meanwhile would be counted.</summary>
[CollectionDefinition(nameof(LargeAnswerTests), DisableParallelization = true)]
[Collection(nameof(LargeAnswerTests))]
public class LargeAnswerTests
{
    private const long MostHeldBytes = 4L * 1024 * 1024;

    private static readonly bool s_isLong = Environment.GetEnvironmentVariable("INTEGRATION_TEST_LONG") == "1";

    private const string Envelope =
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><w:xResponse xmlns:w='http://webservice.tongtech.com/'><w:out>";

    public static TheoryData<WireFormat, string, string, string> Answers =>
        new()
        {
            {
                WireFormat.Json,
                "{\"data\":[{}",
                ",{\"name\":\"张三\",\"idNo\":\"421022\",\"more\":{\"x\":[1,2]}}",
                "]}"
            },
            { WireFormat.Json, "{\"x\":[0", ",{\"name\":\"张三\"}", "]}" },
            { WireFormat.Json, "{\"data\":[", "      \n", "]}" },
            { WireFormat.Xml, "<data>", "<name>张三</name><idNo>421022</idNo>\n", "</data>" },
            { WireFormat.Xml, "<data><x>", "a long text ", "</x></data>" },
            { WireFormat.Xml, "<data><x>", "&lt;&amp;&#65;", "</x></data>" },
            { WireFormat.Xml, "<data>", "      \n", "</data>" },
            { WireFormat.Xml, "<data>", "<!-- c --><?p i?>", "</data>" },
            {
                WireFormat.SoapPackage,
                Envelope + "&lt;data&gt;",
                "&lt;name&gt;张三&lt;/name&gt;&lt;x&gt;1&lt;/x&gt;",
                "&lt;/data&gt;</w:out></w:xResponse></s:Body></s:Envelope>"
            },
        };

    public static TheoryData<WireFormat, string, string> Endless =>
        new()
        {
            { WireFormat.Json, "{\"x\":\"", "a long text " },
            { WireFormat.Json, "{\"x\":", "1234567890" },
            { WireFormat.Xml, "<data><x y='", "a long text " },
            { WireFormat.Xml, "<data><", "name" },
            { WireFormat.Xml, "<data><x>&", "name" },
            { WireFormat.Xml, "<data><!--", "a long text " },
            { WireFormat.Xml, "<data><?", "name" },
            { WireFormat.Xml, "<data><x><![CDATA[", " ]]  > " },
            { WireFormat.Xml, "<data><name>", "a long text " },
            { WireFormat.SoapPackage, Envelope + "&lt;data&gt;&lt;name&gt;", "a long text " },
            { WireFormat.SoapPackage, Envelope + "&lt;data&gt;&lt;x y=\"", "a long text " },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task However_large_an_answer_is_little_of_it_is_held(
        WireFormat format,
        string head,
        string piece,
        string tail
    )
    {
        var answer = new RepeatingStream(head, piece, tail, Size(format));
        var fault = await RunAsync(format, answer);

        Assert.Null(fault);
        Assert.True(answer.Given > Size(format));
        Assert.InRange(answer.MostHeld, 0, MostHeldBytes);
    }

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task A_token_without_an_end_is_given_up_early(WireFormat format, string head, string piece)
    {
        var answer = new RepeatingStream(head, piece, string.Empty, Size(format));
        var fault = await RunAsync(format, answer);

        Assert.Equal(FilterFaultKind.TokenTooLarge, fault?.Kind);
        Assert.InRange(answer.Given, 0, 2 * 1024 * 1024);
    }

    /// <summary>Bytes: 100 MB in the long run.</summary>
    private static long Size(WireFormat format) =>
        1024
        * 1024
        * (
            s_isLong ? 100L
            : format == WireFormat.Json ? 30L
            : 12L
        );

    private static async Task<FilterFault?> RunAsync(WireFormat format, RepeatingStream answer) =>
        await AnswerFilter
            .For(format)
            .RunAsync(
                answer,
                PipeWriter.Create(Stream.Null),
                FieldTree.Parse(["data/name"], false),
                Filtered.Limits,
                CancellationToken.None
            );

    /// <summary>Gives a head, a piece again and again, and a tail; looks now and then how much memory is in use.</summary>
    private sealed class RepeatingStream : Stream
    {
        private const int SampleBytes = 3 * 1024 * 1024;

        private readonly byte[] _block;
        private readonly byte[] _tail;
        private readonly long _size;
        private readonly long _before;
        private ReadOnlyMemory<byte> _current;
        private long _nextSample = SampleBytes;
        private bool _isLast;

        public RepeatingStream(string head, string piece, string tail, long size)
        {
            _block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 1 + (20_000 / piece.Length))));
            (_tail, _size, _current) = (Encoding.UTF8.GetBytes(tail), size, Encoding.UTF8.GetBytes(head));
            _before = GC.GetTotalMemory(forceFullCollection: true);
        }

        public long Given { get; private set; }

        public long MostHeld { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Given;
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_current.IsEmpty && !_isLast)
            {
                _isLast = Given > _size;
                _current = _isLast ? _tail : _block;
            }

            var count = Math.Min(buffer.Length, _current.Length);
            _current[..count].CopyTo(buffer);
            _current = _current[count..];
            Given += count;
            if (Given > _nextSample)
            {
                _nextSample += SampleBytes;
                MostHeld = Math.Max(MostHeld, GC.GetTotalMemory(forceFullCollection: true) - _before);
            }

            return ValueTask.FromResult(count);
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("Never blocking.");

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
