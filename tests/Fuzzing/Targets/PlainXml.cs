using System.Xml;
using System.Xml.Linq;

namespace Integration.Fuzzing.Targets;

/// <summary>The runtime's own reader, over the bytes: what another program may see in them.</summary>
internal static class PlainXml
{
    /// <summary>The root without comments and instructions; null: this reader refuses the bytes.</summary>
    public static XElement? Read(byte[] input)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(input), settings);
            return XElement.Load(reader, LoadOptions.None);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
