namespace Integration.Gateway.Sharing.Filtering;

/// <summary>Writes JSON into a span that is large enough: nothing longer than what was read is ever written.</summary>
internal ref struct JsonSink(Span<byte> room)
{
    private readonly Span<byte> _room = room;

    public int Written { get; private set; }

    public void Byte(byte value) => _room[Written++] = value;

    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_room[Written..]);
        Written += bytes.Length;
    }
}
