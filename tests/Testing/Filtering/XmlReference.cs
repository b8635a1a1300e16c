using System.Xml;
using System.Xml.Linq;

namespace Integration.Testing.Filtering;

/// <summary>The rules of the field filter for XML once more, slowly and over the whole document.</summary>
internal static class XmlReference
{
    /// <summary>What should leave, or null for a fault.</summary>
    public static XElement? Filter(string answer, string[] granted, bool ignoreCase)
    {
        try
        {
            var root = XDocument.Parse(answer, LoadOptions.PreserveWhitespace).Root!;
            var kept = new XElement("above");
            Child(root, [.. granted.Select(path => path.Split('/'))], ignoreCase, kept);
            return Rest(root, [.. granted.Select(path => path.Split('/'))], ignoreCase).Length == 0
                ? null
                : kept.Elements().FirstOrDefault() ?? new XElement("nothing");
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>What left; an element that is the root and was dropped whole leaves nothing but the declaration.</summary>
    public static XElement Read(string text)
    {
        using var reader = XmlReader.Create(
            new StringReader(text),
            new XmlReaderSettings { ConformanceLevel = ConformanceLevel.Auto }
        );
        return reader.MoveToContent() == XmlNodeType.Element
            ? XDocument.Parse(text, LoadOptions.PreserveWhitespace).Root!
            : new XElement("nothing");
    }

    /// <summary>As text, with empty elements written one way.</summary>
    public static string Canonical(XElement root)
    {
        foreach (var empty in root.DescendantsAndSelf().Where(element => element.IsEmpty))
        {
            empty.Value = string.Empty;
        }

        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static void Child(XElement element, string[][] rest, bool ignoreCase, XElement parent)
    {
        var below = Rest(element, rest, ignoreCase);
        var (isGranted, isPrefix) = (below.Any(path => path.Length == 0), below.Any(path => path.Length > 0));
        if (below.Length == 0 || (!isPrefix && element.Elements().Any()))
        {
            return;
        }

        var kept = new XElement(element.Name.LocalName);
        foreach (
            var attribute in element.Attributes().Where(attribute => Grants(below, "@" + attribute.Name, ignoreCase))
        )
        {
            kept.Add(new XAttribute(attribute.Name, attribute.Value));
        }

        foreach (var node in element.Nodes())
        {
            if (node is XElement child)
            {
                Child(child, below, ignoreCase, kept);
            }
            else if (node is XText text && isGranted)
            {
                kept.Add(text.Value);
            }
        }

        parent.Add(kept);
    }

    private static bool Grants(string[][] rest, string name, bool ignoreCase) =>
        rest.Any(path => path.Length > 0 && Comparer(ignoreCase).Equals(path[0], name));

    private static string[][] Rest(XElement element, string[][] rest, bool ignoreCase) =>
        [
            .. rest.Where(path => path.Length > 0 && Comparer(ignoreCase).Equals(path[0], element.Name.LocalName))
                .Select(path => path[1..]),
        ];

    private static StringComparer Comparer(bool ignoreCase) =>
        ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
