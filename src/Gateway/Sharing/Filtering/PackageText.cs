using System.Runtime.InteropServices;
using System.Xml;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// The text of the element on which an XML reader stands, as it comes: an XML package inside a SOAP envelope. White space
/// before it is skipped. Ends at the element's end; elements inside are no text and end it with a fault.
/// </summary>
internal sealed class PackageText(XmlReader envelope, FilterLimits limits) : BoundedText(limits)
{
    private bool _isOnText;
    private bool _begun;

    protected override async ValueTask<int> FillAsync(Memory<char> buffer)
    {
        if (!MemoryMarshal.TryGetArray<char>(buffer, out var array))
        {
            throw new NotSupportedException("The XML reader's buffer is an array.");
        }

        try
        {
            return await NextAsync(buffer, array);
        }
        catch (XmlException)
        {
            // The envelope's, not the package's; its message may quote the answer.
            Fault = FilterFault.Xml;
            return 0;
        }
    }

    private async ValueTask<int> NextAsync(Memory<char> buffer, ArraySegment<char> array)
    {
        while (_isOnText || await NextTextAsync())
        {
            var count = await envelope.ReadValueChunkAsync(array.Array!, array.Offset, array.Count);
            _isOnText = count > 0;
            if (!_begun && count > 0)
            {
                count = SkipWhiteSpace(buffer.Span[..count]);
                _begun = count > 0;
            }

            if (count > 0)
            {
                return count;
            }
        }

        return 0;
    }

    private static int SkipWhiteSpace(Span<char> chars)
    {
        var text = chars.TrimStart();
        text.CopyTo(chars);
        return text.Length;
    }

    /// <summary>Goes to the next piece of text; false at the element's end, where the envelope's reader stays.</summary>
    private async ValueTask<bool> NextTextAsync()
    {
        if (envelope.NodeType == XmlNodeType.EndElement || envelope.IsEmptyElement)
        {
            return false;
        }

        while (await envelope.ReadAsync())
        {
            switch (envelope.NodeType)
            {
                case XmlNodeType.Text
                or XmlNodeType.CDATA
                or XmlNodeType.Whitespace
                or XmlNodeType.SignificantWhitespace:
                    return true;
                case XmlNodeType.EndElement:
                    return false;
                case XmlNodeType.Element:
                    Fault = FilterFault.Soap;
                    return false;
            }
        }

        return false;
    }
}
