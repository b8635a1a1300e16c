using CsCheck;
using Integration.Contracts.Identifiers;
using Integration.Contracts.Tests.Vectors;

namespace Integration.Contracts.Tests.Identifiers;

public class ResidentIdTests
{
    private const string Digits = "0123456789";

    private static readonly int[] s_weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Valid numbers, their check character computed the way GB 11643 words it: sum + check = 1 mod 11.</summary>
    private static readonly Gen<string> s_valid =
        from division in Gen.Int[110000, 659999]
        from born in Gen.Int[0, 80_000]
        from sequence in Gen.Int[0, 999]
        let first17 = $"{division}{new DateOnly(1900, 1, 1).AddDays(born):yyyyMMdd}{sequence:D3}"
        select first17 + Check(first17);

    public static TheoryData<string, bool> Published => IdentifierVectors.Rows("residentIds");

    [Theory]
    [MemberData(nameof(Published))]
    public void The_published_vectors_are_read_as_they_say(string text, bool valid)
    {
        var parsed = ResidentId.Parse(text);

        Assert.Equal(valid, parsed.IsValid);
        Assert.Equal(text, parsed.Value.Value);
    }

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData(" 110105 19491231 002X\u3000")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    [InlineData("１１０１０５１９４９１２３１００２ｘ")]
    [InlineData("\u202D11010519491231002X\u202C")]
    [InlineData("\uFEFF11010519491231002X")]
    public void Case_width_white_space_and_invisible_marks_do_not_matter(string text) =>
        Assert.Equal("11010519491231002X", ResidentId.Parse(text).Value.Value);

    [Fact]
    public void The_number_states_division_and_birth_date()
    {
        var id = ResidentId.Parse("11010519491231002X").Value;

        Assert.Equal("110105", id.Division);
        Assert.Equal(new DateOnly(1949, 12, 31), id.BirthDate);
    }

    [Fact]
    public void Fifteen_digits_are_converted_to_the_number_in_use_today()
    {
        var old = ResidentId.Parse("110105491231002").Value;

        Assert.Equal(ResidentId.Parse("11010519491231002X").Value, old);
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData(" \u3000\t", "missing")]
    [InlineData("1101051949123100", "length")]
    [InlineData("11010519491231002X0", "length")]
    [InlineData("1101051949123100ZX", "character")]
    [InlineData("X1010519491231002X", "character")]
    [InlineData("11010519491231002Y", "character")]
    [InlineData("11010549123100X", "character")]
    [InlineData("٤٢١٠٢٢١٩٨٥٠٦١٥٠٠٢٧", "character")]
    [InlineData("110105194912310021", "checksum")]
    [InlineData("421022198506150026", "checksum")]
    public void A_malformed_number_is_refused_with_the_reason(string? text, string code) =>
        Assert.Equal(code, ResidentId.Parse(text).Fault?.Code);

    [Theory]
    [InlineData("19490230")]
    [InlineData("19491301")]
    [InlineData("19490431")]
    [InlineData("19000229")]
    [InlineData("00000101")]
    [InlineData("17991231")]
    public void A_birth_date_that_does_not_exist_is_refused_even_with_a_right_check_character(string birthDate)
    {
        var first17 = $"110105{birthDate}002";

        Assert.Equal("birth-date", ResidentId.Parse(first17 + Check(first17)).Fault?.Code);
    }

    [Theory]
    [InlineData("110105490230002")]
    [InlineData("110105001301002")]
    public void A_birth_date_that_does_not_exist_is_refused_in_the_old_form_too(string text) =>
        Assert.Equal("birth-date", ResidentId.Parse(text).Fault?.Code);

    [Fact]
    public void A_leap_day_is_a_birth_date()
    {
        const string First17 = "11010520000229002";

        Assert.Equal(new DateOnly(2000, 2, 29), ResidentId.Parse(First17 + Check(First17)).Value.BirthDate);
    }

    [Fact]
    public void A_birth_date_in_the_future_is_left_to_whoever_has_a_clock()
    {
        const string First17 = "11010529991231002";

        var id = ResidentId.Parse(First17 + Check(First17)).Value;

        Assert.Equal(-973, id.AgeOn(new DateOnly(2026, 12, 31)));
    }

    [Theory]
    [InlineData("1963-12-30", 13)]
    [InlineData("1963-12-31", 14)]
    [InlineData("1964-01-01", 14)]
    public void Age_is_completed_years(string date, int age) =>
        Assert.Equal(
            age,
            ResidentId
                .Parse("11010519491231002X")
                .Value.AgeOn(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture))
        );

    [Fact]
    public void Every_valid_number_is_read_back_unchanged() =>
        s_valid.Sample(text => string.Equals(ResidentId.Parse(text).Value.Value, text, StringComparison.Ordinal));

    [Fact]
    public void Any_one_digit_changed_is_refused() =>
        Mutation.OneCharacter(s_valid, Digits).Sample(text => !ResidentId.Parse(text).IsValid);

    [Fact]
    public void No_text_at_all_makes_it_throw() =>
        Gen.String.Sample(text => ResidentId.Parse(text).ToString().Length > 0);

    [Fact]
    public void Text_never_shows_birth_date_sequence_or_check_character() =>
        s_valid.Sample(text =>
        {
            var id = ResidentId.Parse(text);
            // The place's code is shown, and may happen to hold the same digits as what is not.
            var shown = $"{id.Value} {id}".Replace(text[..6], string.Empty, StringComparison.Ordinal);
            return !shown.Contains(text[6..14], StringComparison.Ordinal)
                && !shown.Contains(text[14..], StringComparison.Ordinal);
        });

    [Fact]
    public void A_number_that_was_never_parsed_prints_as_hidden() =>
        Assert.Equal("***", default(ResidentId).ToString());

    private static char Check(string first17)
    {
        var sum = first17.Select((c, i) => (c - '0') * s_weights[i]).Sum();
        return "0123456789X".First(c => (sum + (c == 'X' ? 10 : c - '0')) % 11 == 1);
    }
}
