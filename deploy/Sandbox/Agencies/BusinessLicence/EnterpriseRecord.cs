using System.Globalization;
using System.Text.Json;
using Integration.Sandbox.Fixtures;

namespace Integration.Sandbox.Agencies.BusinessLicence;

/// <summary>
/// A company as the register writes it, with the register's untidiness: records of odd years spell their keys in capitals
/// and give dates as yyyyMMddHHmmss, the others in lower case and as epoch milliseconds; an open end is the text "null".
/// </summary>
internal static class EnterpriseRecord
{
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    public static void Write(Utf8JsonWriter json, Company company)
    {
        var isOldStyle = company.EstablishedOn.Year % 2 == 1;
        void Text(string key, string value) => json.WriteString(isOldStyle ? key.ToUpperInvariant() : key, value);
        json.WriteStartObject();
        Text("uniscid", company.Uscc);
        Text("regno", company.Uscc[2..17]);
        Text("entname", company.Name);
        Text("enttypeCn", TypeOf(company));
        Text("entscaleCn", company.EnterpriseSize);
        Text("dom", "湖北省荆州市公安县");
        Text("name", company.LegalRepresentative);
        Date("opfrom");
        Text("opto", "null");
        Date("estdate");
        Text("opscope", "许可项目以外依法自主开展");
        Text("regcap", "100");
        Text("regorgcn", "公安县市场监督管理局");
        Text("regstateCn", company.Status);
        json.WriteEndObject();

        void Date(string key)
        {
            if (isOldStyle)
            {
                Text(key, company.EstablishedOn.ToString("yyyyMMdd000000", CultureInfo.InvariantCulture));
                return;
            }

            var midnight = new DateTimeOffset(company.EstablishedOn, TimeOnly.MinValue, ChinaOffset);
            json.WriteNumber(key, midnight.ToUnixTimeMilliseconds());
        }
    }

    public static void WriteComparison(Utf8JsonWriter json, Company company, string name, string representative)
    {
        var agrees = name == company.Name && representative == company.LegalRepresentative;
        json.WriteStartObject("data");
        json.WriteString("ent_idx", company.Uscc);
        json.WriteString("regstateCn", company.Status);
        json.WriteString("entchk_checkrcs_msg", agrees ? "一致" : "不一致");
        json.WriteStartArray("diff_list");
        Difference("entname", name, company.Name);
        Difference("name", representative, company.LegalRepresentative);
        json.WriteEndArray();
        json.WriteEndObject();

        void Difference(string key, string given, string registered)
        {
            if (given == registered)
            {
                return;
            }

            json.WriteStartObject();
            json.WriteString("chk_key", key);
            json.WriteString("in_val", given);
            json.WriteString("out_val", registered);
            json.WriteEndObject();
        }
    }

    private static string TypeOf(Company company) =>
        company switch
        {
            { StateOwned: true } => "有限责任公司（国有独资）",
            { ParentKey: not null } => "有限责任公司分公司（自然人投资或控股）",
            { EnterpriseSize: "个体" } => "个体工商户",
            _ => "有限责任公司（自然人投资或控股）",
        };
}
