using System.Text;
using System.Text.Json;
using CsCheck;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;
using Integration.Testing.Filtering;

namespace Integration.Gateway.Tests.Sharing.Filtering;

public class JsonFilterProperties
{
    [Fact]
    public void It_does_what_the_slow_reference_does() =>
        Gen.Select(Documents.Choices, Documents.Grants, Documents.Pieces, Gen.Bool)
            .Sample(
                (choices, grants, pieces, ignoreCase) =>
                {
                    var answer = Encoding.UTF8.GetBytes(Documents.Json(choices));
                    AssertSame(answer, grants, pieces, ignoreCase);
                },
                iter: 20_000
            );

    [Fact]
    public void Random_documents_are_mostly_accepted_and_something_of_them_leaves()
    {
        var (accepted, substantial) = (0, 0);
        foreach (var (choices, grants) in Documents.Same(Gen.Select(Documents.Choices, Documents.Grants), 2_000))
        {
            var expected = JsonReference.Filter(
                Encoding.UTF8.GetBytes(Documents.Json(choices)),
                grants,
                ignoreCase: false
            );
            accepted += expected is null ? 0 : 1;
            substantial += expected is { Length: > 4 } ? 1 : 0;
        }

        Assert.InRange(accepted, 300, 2_000);
        Assert.InRange(substantial, 150, 2_000);
    }

    [Fact]
    public void A_document_cut_short_is_a_fault() =>
        Gen.Select(Documents.Choices, Documents.Grants, Documents.Pieces, Gen.Double[0, 1])
            .Sample(
                (choices, grants, pieces, cut) =>
                {
                    var whole = Encoding.UTF8.GetBytes(Documents.Json(choices).Trim(' ', '\n', '\t'));
                    var part = whole[..(int)(cut * (whole.Length - 1))];
                    Assert.NotNull(
                        Filtered.Of(WireFormat.Json, part, FieldTree.Parse(grants, false), null, pieces).Fault
                    );
                },
                iter: 5_000
            );

    [Fact]
    public void Changed_bytes_end_as_the_reference_says() =>
        Gen.Select(
                Documents.Choices,
                Documents.Grants,
                Documents.Pieces,
                Gen.Select(Gen.Int[0, 100_000], Gen.Byte).Array[1, 3]
            )
            .Sample(
                (choices, grants, pieces, changes) =>
                {
                    var answer = Encoding.UTF8.GetBytes(Documents.Json(choices));
                    foreach (var (place, value) in changes)
                    {
                        answer[place % answer.Length] = value;
                    }

                    AssertSame(answer, grants, pieces, ignoreCase: false);
                },
                iter: 20_000
            );

    [Fact]
    public void No_bytes_throw() =>
        Gen.Select(Gen.Byte.Array[0, 100], Documents.Pieces)
            .Sample(
                (bytes, pieces) => Filtered.Of(WireFormat.Json, bytes, FieldTree.Parse(["a"], false), null, pieces),
                iter: 10_000
            );

    /// <summary>The reference decides; and what does leave holds no value that the reference would not let go.</summary>
    private static void AssertSame(byte[] answer, string[] grants, int[] pieces, bool ignoreCase)
    {
        var expected = JsonReference.Filter(answer, grants, ignoreCase);
        var filtered = Filtered.Of(WireFormat.Json, answer, FieldTree.Parse(grants, ignoreCase), null, pieces);
        if (expected is null)
        {
            Assert.NotNull(filtered.Fault);
            return;
        }

        using var document = JsonDocument.Parse(filtered.Body());
        Assert.Equal(expected, JsonReference.Canonical(document.RootElement));
    }
}
