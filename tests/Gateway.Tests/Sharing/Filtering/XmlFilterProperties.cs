using System.Security;
using System.Text;
using CsCheck;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;
using Integration.Testing.Filtering;

namespace Integration.Gateway.Tests.Sharing.Filtering;

public class XmlFilterProperties
{
    private const string Before =
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><w:xResponse xmlns:w='http://webservice.tongtech.com/'><w:out>";
    private const string After = "</w:out></w:xResponse></s:Body></s:Envelope>";

    /// <summary>Grants with the root's name in front, and now and then an attribute at the end.</summary>
    private static readonly Gen<string[]> s_grants = Gen.Select(Documents.Grants, Gen.Int[0, 5].Array[4])
        .Select(
            (paths, marks) =>
                paths
                    .Select(
                        (path, i) =>
                            marks[i] switch
                            {
                                0 => path + "/@a",
                                1 => path + "/@B",
                                _ => path,
                            }
                    )
                    .ToArray()
        );

    [Fact]
    public void It_does_what_the_slow_reference_does() =>
        Gen.Select(Documents.Choices, s_grants, Documents.Pieces, Gen.Bool)
            .Sample(
                (choices, grants, pieces, ignoreCase) => AssertSame(Documents.Xml(choices), grants, pieces, ignoreCase),
                iter: 10_000
            );

    [Fact]
    public void Random_documents_are_mostly_accepted_and_something_of_them_leaves()
    {
        var (accepted, substantial) = (0, 0);
        foreach (var (choices, grants) in Documents.Same(Gen.Select(Documents.Choices, s_grants), 2_000))
        {
            var kept = XmlReference.Filter(Documents.Xml(choices), grants, ignoreCase: false);
            accepted += kept is null ? 0 : 1;
            substantial += kept is { HasElements: true } || kept?.Value.Length > 0 ? 1 : 0;
        }

        Assert.InRange(accepted, 300, 2_000);
        Assert.InRange(substantial, 80, 2_000);
    }

    [Fact]
    public void In_an_envelope_it_is_the_same() =>
        Gen.Select(Documents.Choices, s_grants, Documents.Pieces)
            .Sample(
                (choices, grants, pieces) =>
                {
                    var package = Documents.Xml(choices);
                    var tree = FieldTree.Parse(grants, ignoreCase: false);
                    var bare = Filtered.Of(WireFormat.Xml, Encoding.UTF8.GetBytes(package), tree);
                    var packed = Encoding.UTF8.GetBytes(Before + SecurityElement.Escape(package) + After);
                    var filtered = Filtered.Of(WireFormat.SoapPackage, packed, tree, null, pieces);
                    Assert.Equal(bare.Fault, filtered.Fault);
                    Assert.Equal(bare.Fault is null ? bare.Text : filtered.Text, filtered.Text);
                },
                iter: 5_000
            );

    [Fact]
    public void A_document_cut_short_is_a_fault() =>
        Gen.Select(Documents.Choices, Documents.Pieces, Gen.Double[0, 1])
            .Sample(
                (choices, pieces, cut) =>
                {
                    var whole = Encoding.UTF8.GetBytes(Documents.Xml(choices));
                    var part = whole[..(int)(cut * (whole.Length - 1))];
                    Assert.NotNull(
                        Filtered.Of(WireFormat.Xml, part, FieldTree.Parse(Documents.Names, false), null, pieces).Fault
                    );
                },
                iter: 5_000
            );

    [Fact]
    public void Changed_characters_end_as_the_reference_says() =>
        Gen.Select(
                Documents.Choices,
                s_grants,
                Documents.Pieces,
                Gen.Select(Gen.Int[0, 100_000], Gen.Char[' ', '~']).Array[1, 3]
            )
            .Sample(
                (choices, grants, pieces, changes) =>
                {
                    var answer = Documents.Xml(choices).ToCharArray();
                    foreach (var (place, value) in changes)
                    {
                        answer[place % answer.Length] = char.IsSurrogate(answer[place % answer.Length])
                            ? answer[place % answer.Length]
                            : value;
                    }

                    AssertSame(new string(answer), grants, pieces, ignoreCase: false);
                },
                iter: 10_000
            );

    [Fact]
    public void No_changed_byte_throws() =>
        Gen.Select(Documents.Choices, Documents.Pieces, Gen.Select(Gen.Int[0, 100_000], Gen.Byte).Array[1, 3], Gen.Bool)
            .Sample(
                (choices, pieces, changes, isPacked) =>
                {
                    var package = Documents.Xml(choices);
                    var answer = Encoding.UTF8.GetBytes(
                        isPacked ? Before + SecurityElement.Escape(package) + After : package
                    );
                    foreach (var (place, value) in changes)
                    {
                        answer[place % answer.Length] = value;
                    }

                    Filtered.Of(
                        isPacked ? WireFormat.SoapPackage : WireFormat.Xml,
                        answer,
                        FieldTree.Parse(Documents.Names, false),
                        null,
                        pieces
                    );
                },
                iter: 10_000
            );

    private static void AssertSame(string answer, string[] grants, int[] pieces, bool ignoreCase)
    {
        var expected = XmlReference.Filter(answer, grants, ignoreCase);
        var filtered = Filtered.Of(
            WireFormat.Xml,
            Encoding.UTF8.GetBytes(answer),
            FieldTree.Parse(grants, ignoreCase),
            null,
            pieces
        );
        if (expected is null)
        {
            Assert.NotNull(filtered.Fault);
            return;
        }

        var kept = XmlReference.Read(filtered.Body());
        Assert.Equal(XmlReference.Canonical(expected), XmlReference.Canonical(kept));
    }
}
