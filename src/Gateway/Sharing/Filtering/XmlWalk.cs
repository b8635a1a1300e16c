using System.Buffers;
using System.Xml;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// One XML document on its way through. An element that ends a path is held until its end shows that it has text only;
/// everything else is written as it comes.
/// </summary>
internal sealed class XmlWalk(XmlReader reader, XmlSink sink, FieldTree granted, FilterLimits limits, AnswerWatch watch)
    : IDisposable
{
    private const int FirstChars = 1024;

    private readonly Stack<FieldNode> _path = new();
    private char[] _text = ArrayPool<char>.Shared.Rent(FirstChars);
    private int _textLength;
    private string? _held;
    private int _droppedAt = -1;

    /// <summary>The root was closed.</summary>
    public bool Ended { get; private set; }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_text);
        _text = [];
    }

    /// <summary>Takes the node on which the reader stands.</summary>
    public async ValueTask<FilterFault?> TakeAsync()
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                return reader.Depth >= limits.MaxDepth ? FilterFault.Depth : Start() ?? Unbound();
            case XmlNodeType.EndElement:
                End(reader.Depth, reader.LocalName);
                return Unbound();
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                return _droppedAt < 0 && _path.TryPeek(out var node) && IsRead(node) ? await TextAsync() : null;
            default:
                return null;
        }
    }

    private FilterFault? Unbound() => watch.Unbound is null ? null : FilterFault.Unbound;

    /// <summary>The text of a field that is watched and not granted is read, but only where nothing else than text is agreed.</summary>
    private bool IsRead(FieldNode node) => node.IsGranted || (node.Watched.Count > 0 && _held is not null);

    private FilterFault? Start()
    {
        if (_droppedAt >= 0)
        {
            return null;
        }

        if (_held is not null)
        {
            // More than text stands where one value was agreed: dropped whole, with the text so far.
            (_held, _textLength) = (null, 0);
            _droppedAt = reader.Depth - 1;
            return null;
        }

        WriteText();
        var parent = _path.TryPeek(out var top) ? top : granted.Root;
        if (parent.Find(reader.LocalName) is not { } node)
        {
            _droppedAt = reader.Depth;
            if (reader.Depth == 0)
            {
                return FilterFault.Root;
            }
        }
        else
        {
            Enter(node);
        }

        if (reader.IsEmptyElement)
        {
            End(reader.Depth, reader.LocalName);
        }

        return null;
    }

    private void Enter(FieldNode node)
    {
        _path.Push(node);
        if (!node.IsPrefix)
        {
            _held = reader.LocalName;
            return;
        }

        if (node.Binds.Count > 0)
        {
            watch.Enter(node, sink.Written);
        }

        sink.Start(reader.LocalName);
        Attributes(node);
        sink.StartDone();
    }

    private void Attributes(FieldNode node)
    {
        if (!reader.MoveToFirstAttribute())
        {
            return;
        }

        do
        {
            // Attributes in a namespace, and declarations of namespaces, are no fields.
            if (reader.NamespaceURI.Length > 0 || node.FindAttribute(reader.LocalName) is not { } field)
            {
                continue;
            }

            if (field.Watched.Count > 0)
            {
                watch.See(field, reader.Value);
            }

            if (field.IsGranted)
            {
                sink.Attribute(reader.LocalName, reader.Value);
            }
        } while (reader.MoveToNextAttribute());

        reader.MoveToElement();
    }

    private void End(int depth, string name)
    {
        if (_droppedAt >= 0)
        {
            if (depth == _droppedAt)
            {
                _droppedAt = -1;
                // A held element was on the path; one that is no field never was.
                if (_path.Count > depth)
                {
                    _path.Pop();
                }
            }
        }
        else
        {
            Close(_path.Pop(), name);
        }

        Ended = depth == 0;
    }

    private void Close(FieldNode node, string name)
    {
        if (_held is not null && node.Watched.Count > 0)
        {
            watch.See(node, new string(_text, 0, _textLength));
        }

        if (_held is null || node.IsGranted)
        {
            if (_held is not null)
            {
                sink.Start(name);
                sink.StartDone();
            }

            WriteText();
            sink.End(name);
        }

        (_held, _textLength) = (null, 0);
        if (node.Binds.Count > 0)
        {
            watch.Leave(hasContent: true);
        }
    }

    private void WriteText()
    {
        sink.Text(_text.AsSpan(0, _textLength));
        _textLength = 0;
    }

    private async ValueTask<FilterFault?> TextAsync()
    {
        while (true)
        {
            if (_textLength == _text.Length && !Grow())
            {
                return FilterFault.Token;
            }

            var count = await reader.ReadValueChunkAsync(_text, _textLength, _text.Length - _textLength);
            _textLength += count;
            if (_textLength > limits.MaxTokenBytes)
            {
                return FilterFault.Token;
            }

            if (count == 0)
            {
                return null;
            }
        }
    }

    private bool Grow()
    {
        if (_text.Length > limits.MaxTokenBytes)
        {
            return false;
        }

        var larger = ArrayPool<char>.Shared.Rent(_text.Length * 2);
        _text.AsSpan(0, _textLength).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_text);
        _text = larger;
        return true;
    }
}
