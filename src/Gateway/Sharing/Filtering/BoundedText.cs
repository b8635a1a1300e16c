namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// Characters for an XML reader, checked before it sees them. At a fault the text ends; the code that runs the reader looks at
/// <see cref="Fault"/> first. Asynchronous only.
/// </summary>
internal abstract class BoundedText(FilterLimits limits) : TextReader
{
    private MarkupScan _scan = new(limits.MaxTokenBytes);

    /// <summary>Why the text ended early; null when it did not.</summary>
    public FilterFault? Fault { get; protected set; }

    /// <summary>Something else than white space was seen.</summary>
    public bool HasContent { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        if (Fault is not null)
        {
            return 0;
        }

        var count = await FillAsync(buffer);
        if (count > 0)
        {
            Fault ??= _scan.Follow(buffer.Span[..count]);
            HasContent |= !buffer.Span[..count].IsWhiteSpace();
        }

        return Fault is null ? count : 0;
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) =>
        ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public override int Read() => throw NotAsynchronous();

    public override int Peek() => throw NotAsynchronous();

    public override int Read(char[] buffer, int index, int count) => throw NotAsynchronous();

    /// <summary>Gives at least one character, or none at the end.</summary>
    protected abstract ValueTask<int> FillAsync(Memory<char> buffer);

    private static NotSupportedException NotAsynchronous() => new("This text comes from the network.");
}
