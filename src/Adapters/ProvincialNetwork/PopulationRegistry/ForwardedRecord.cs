using System.Xml.Linq;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>
/// The caller's package <c>PACKAGE/DATA/RECORD</c>: one record of plain fields. They are read out and written anew, so that
/// no markup of the caller reaches the registry. One record, because evidence and quotas count one question.
/// </summary>
internal static class ForwardedRecord
{
    private static readonly AgencyFailure s_shape = ForwardedBody.Refused("package");

    /// <summary>The fields in the caller's order, or what is wrong with the package.</summary>
    public static WireRead<IReadOnlyList<PackageField>> Read(ForwardedQuestion question)
    {
        if (!ForwardedBody.Text(question).Succeeded(out var text, out var failure))
        {
            return failure;
        }

        return WireXml.Read(text, charset: null).Succeeded(out var package, out var unreadable)
            ? FieldsOf(package)
            : ForwardedBody.Refused(unreadable);
    }

    private static WireRead<IReadOnlyList<PackageField>> FieldsOf(XElement package)
    {
        if (package.Descendants().Any(element => element.Name.LocalName == "PACKAGEHEAD"))
        {
            return ForwardedBody.Reserved;
        }

        if (Only(package, "PACKAGE", "DATA") is not { } data || Only(data, "DATA", "RECORD") is not { } record)
        {
            return s_shape;
        }

        // The number of the record is ours: there is one.
        var fields = record.Elements().ToList();
        return
            IsPlain(record, "RECORD", "no")
            && fields.Count > 0
            && fields.TrueForAll(field => !field.HasElements && !field.HasAttributes && IsUnqualified(field))
            && fields.DistinctBy(field => field.Name).Count() == fields.Count
            ? new WireRead<IReadOnlyList<PackageField>>(
                fields.ConvertAll(field => new PackageField(field.Name.LocalName, field.Value))
            )
            : s_shape;
    }

    private static XElement? Only(XElement parent, string name, string child) =>
        IsPlain(parent, name) && parent.Elements().ToList() is [var only] && only.Name == child ? only : null;

    /// <summary>The name agreed, in no namespace, no attribute but the one allowed, nothing between the elements.</summary>
    private static bool IsPlain(XElement element, string name, string? attribute = null) =>
        element.Name == name
        && element.Attributes().All(given => given.Name == attribute)
        && element.Nodes().OfType<XText>().All(text => string.IsNullOrWhiteSpace(text.Value));

    private static bool IsUnqualified(XElement element) => element.Name.NamespaceName.Length == 0;
}
