using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What each utility has to be told. Pure.</summary>
internal static class NeedRules
{
    private const int LongestUse = 64;

    /// <summary>Adds a fault for every value out of range, and for one that belongs to another utility.</summary>
    public static void Check(UtilityNeed need, Utility utility, string pointer, FaultList faults)
    {
        var own = UtilityTable.For(utility);
        foreach (var line in UtilityTable.Lines.DistinctBy(line => line.Need, StringComparer.Ordinal))
        {
            var value = line.Value(need);
            if (value is not null && line.Need != own.Need)
            {
                faults.Add($"{pointer}/{line.Need}", "unexpected", $"It does not go with {JsonNames.From(utility)}.");
            }
            else if (value <= 0 || value > line.Most)
            {
                faults.Add($"{pointer}/{line.Need}", "number-range", $"It is more than 0 and at most {line.Most}.");
            }
        }

        if (need.Use is { } use && (use.Length is 0 or > LongestUse || use.Any(char.IsControl)))
        {
            faults.Add($"{pointer}/use", "length", "A use has 1 to 64 characters, no control characters.");
        }
    }

    /// <summary>What is missing before the leg can be sent.</summary>
    public static IReadOnlyList<LegGap> Gaps(UtilityRequest wish, JointKind kind)
    {
        var line = UtilityTable.For(wish.Utility);
        var gaps = new List<LegGap>();
        if (wish.Consent is null)
        {
            gaps.Add(new LegGap("consent", $"请单独同意向{line.Provider}提供申请信息（个人信息保护法第二十三条）"));
        }

        if (kind == JointKind.New && line.Value(wish.Need) is null)
        {
            gaps.Add(new LegGap($"need.{line.Need}", line.IfMissing));
        }

        if (kind == JointKind.Transfer && wish.Account is null)
        {
            gaps.Add(new LegGap("account", $"请填写{line.Provider}户号"));
        }

        return gaps;
    }

    /// <summary>Whether what was missing is given now.</summary>
    public static bool Fills(UtilityNeed? need, string item) =>
        need is not null && UtilityTable.Lines.Any(line => item == $"need.{line.Need}" && line.Value(need) is not null);
}
