using System.Text;
using System.Text.Unicode;
using System.Xml;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// One walk over a caller's XML package; lists every element and attribute that is not allowed. Comments, instructions and
/// namespaces are not allowed either: they would reach the agency with content that was not granted.
/// </summary>
internal sealed class XmlRequestWalk
{
    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    private readonly XmlReader _reader;
    private readonly FaultList _faults;
    private readonly FieldValues _values;
    private readonly Stack<FieldNode> _path = new();
    private readonly Stack<StringBuilder> _texts = new();

    private XmlRequestWalk(XmlReader reader, FieldTree allowed, FaultList faults, FieldValues values)
    {
        (_reader, _faults, _values) = (reader, faults, values);
        _path.Push(allowed.Root);
    }

    public static void Check(ReadOnlySpan<byte> body, FieldTree allowed, FaultList faults, FieldValues values)
    {
        if (!Utf8.IsValid(body) || body.StartsWith("\uFEFF"u8))
        {
            faults.Add(string.Empty, "encoding", "The body is not UTF-8 without a byte order mark.");
            return;
        }

        using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(body)), s_settings);
        try
        {
            new XmlRequestWalk(reader, allowed, faults, values).Walk();
        }
        catch (XmlException exception)
        {
            // Its message may quote the body: only the place is told.
            var place = $"line {exception.LineNumber}, character {exception.LinePosition}";
            faults.Add(string.Empty, "syntax", $"The body is not XML without a document type: see {place}.");
        }
    }

    private void Walk()
    {
        var isMore = _reader.Read();
        while (isMore)
        {
            if (_reader.NodeType == XmlNodeType.Element && _reader.Depth >= JsonSyntax.Deepest)
            {
                _faults.Add(string.Empty, "too-deep", "Elements may stand 32 deep at most.");
                return;
            }

            if (_reader.NodeType == XmlNodeType.Element && !Enter())
            {
                // Stands on what follows the element that is not allowed.
                _reader.Skip();
                isMore = !_reader.EOF;
                continue;
            }

            Judge();
            isMore = _reader.Read();
        }
    }

    private void Judge()
    {
        switch (_reader.NodeType)
        {
            case XmlNodeType.EndElement:
                Leave();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                Text();
                break;
            case XmlNodeType.Comment or XmlNodeType.ProcessingInstruction:
                Fault("unknown-member", "Comments and instructions may not be sent here.");
                break;
            case XmlNodeType.XmlDeclaration when XmlPass.DeclaresAnotherEncoding(_reader):
                Fault("encoding", "The body declares another encoding than UTF-8.");
                break;
        }
    }

    private bool Enter()
    {
        if (_path.Peek().Find(_reader.LocalName) is not { } node || _reader.Prefix.Length > 0)
        {
            Unknown(_reader.Name, "element");
            return false;
        }

        _path.Push(node);
        _texts.Push(new StringBuilder());
        var isEmpty = _reader.IsEmptyElement;
        Attributes(node);
        if (isEmpty)
        {
            Leave();
        }

        return true;
    }

    private void Attributes(FieldNode node)
    {
        while (_reader.MoveToNextAttribute())
        {
            if (_reader.NamespaceURI.Length == 0 && node.FindAttribute(_reader.LocalName) is { } attribute)
            {
                _values.Add(attribute, _reader.Value);
            }
            else
            {
                Unknown(_reader.Name, "attribute");
            }
        }

        _reader.MoveToElement();
    }

    private void Leave()
    {
        var node = _path.Pop();
        var text = _texts.Pop();
        if (node.IsGranted)
        {
            _values.Add(node, text.ToString());
        }
    }

    private void Text()
    {
        var isSpace = string.IsNullOrWhiteSpace(_reader.Value);
        if (_path.Peek().IsGranted)
        {
            _texts.Peek().Append(_reader.Value);
        }
        else if (!isSpace)
        {
            Fault("wrong-type", "Elements are expected, and no text between them.");
        }
    }

    /// <summary>A name that could be anything but a field's name is not repeated: it may be a person's data.</summary>
    private void Unknown(string name, string what)
    {
        var step = BodyWalk.IsFieldName(Encoding.UTF8.GetBytes(name))
            ? $"/{(what == "attribute" ? "@" : "")}{name}"
            : "";
        _faults.Add(Pointer() + step, "unknown-member", $"This {what} may not be sent here.");
    }

    private void Fault(string code, string message) => _faults.Add(Pointer(), code, message);

    private string Pointer() => string.Concat(_path.Reverse().Skip(1).Select(node => $"/{node.Name}"));
}
