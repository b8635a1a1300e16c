using System.Buffers;
using System.Text.Json;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>Where in the tree of granted fields a reader of JSON stands.</summary>
internal sealed class JsonPlace : IDisposable
{
    private readonly JsonFrame[] _frames;
    private readonly long[] _lastObject;
    private long _containers;

    public JsonPlace(FieldTree granted, int maxDepth)
    {
        _frames = ArrayPool<JsonFrame>.Shared.Rent(maxDepth);
        _lastObject = ArrayPool<long>.Shared.Rent(granted.Count);
        _lastObject.AsSpan(0, granted.Count).Clear();
        Next = granted.Root;
    }

    /// <summary>The field of the next value; null when it is none of the tree.</summary>
    public FieldNode? Next { get; private set; }

    /// <summary>Containers entered.</summary>
    public int Depth { get; private set; }

    /// <summary>The container that was entered last.</summary>
    public ref JsonFrame Top => ref _frames[Depth - 1];

    public void Dispose()
    {
        ArrayPool<JsonFrame>.Shared.Return(_frames, clearArray: true);
        ArrayPool<long>.Shared.Return(_lastObject);
    }

    public void Enter(FieldNode node, bool isArray) => _frames[Depth++] = new JsonFrame(node, isArray, ++_containers);

    public void Leave()
    {
        Depth--;
        if (Depth > 0)
        {
            Passed();
        }
    }

    /// <summary>A value ended: an element may come next, or a name.</summary>
    public void Passed() => Next = Top.IsArray ? Top.Node : null;

    /// <summary>The reader stands on the name of the next value.</summary>
    /// <returns>A fault when the name is one of the tree for the second time, or no text.</returns>
    public FilterFault? Name(ref Utf8JsonReader reader)
    {
        Next = null;
        if (reader.ValueIsEscaped && !JsonEscapes.ArePaired(reader.ValueSpan))
        {
            return FilterFault.Json;
        }

        ref var frame = ref Top;
        var node = reader.ValueIsEscaped ? FindEscaped(ref reader, frame.Node) : frame.Node.Find(reader.ValueSpan);
        if (node is null)
        {
            return null;
        }

        if (_lastObject[node.Id] == frame.Number)
        {
            return FilterFault.Duplicate;
        }

        _lastObject[node.Id] = frame.Number;
        Next = node;
        return null;
    }

    private static FieldNode? FindEscaped(ref Utf8JsonReader reader, FieldNode parent)
    {
        var plain = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return parent.Find(plain.AsSpan(0, reader.CopyString(plain)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }
}

/// <summary>A container that was entered.</summary>
/// <param name="Node">Its field.</param>
/// <param name="IsArray">Arrays are transparent: their elements are at the array's own field.</param>
/// <param name="Number">Counts the containers of an answer from 1; tells one object's names from another's.</param>
internal record struct JsonFrame(FieldNode Node, bool IsArray, long Number)
{
    public bool HasItems { get; set; }
}
