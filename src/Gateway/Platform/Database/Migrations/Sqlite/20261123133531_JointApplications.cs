using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Integration.Gateway.Platform.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class JointApplications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "JointApplications",
                columns: table => new
                {
                    JointId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CaseId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CallerId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenKey = table.Column<string>(type: "TEXT", nullable: true),
                    Site = table.Column<string>(type: "TEXT", nullable: false),
                    Form = table.Column<string>(type: "TEXT", nullable: false),
                    File = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JointApplications", x => x.JointId);
                });

            migrationBuilder.CreateTable(
                name: "LegStatuses",
                columns: table => new
                {
                    Utility = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    StatusId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    LegId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Digest = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Raw = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Effect = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LegStatuses", x => new { x.Utility, x.StatusId });
                });

            migrationBuilder.CreateTable(
                name: "WorkList",
                columns: table => new
                {
                    LegId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Work = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Utility = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkList", x => new { x.LegId, x.Work });
                });

            migrationBuilder.CreateIndex(
                name: "IX_JointApplications_CaseId",
                table: "JointApplications",
                column: "CaseId");

            migrationBuilder.CreateIndex(
                name: "IX_JointApplications_OpenKey",
                table: "JointApplications",
                column: "OpenKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_JointApplications_Site",
                table: "JointApplications",
                column: "Site");

            migrationBuilder.CreateIndex(
                name: "IX_LegStatuses_LegId",
                table: "LegStatuses",
                column: "LegId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkList_Utility_Since",
                table: "WorkList",
                columns: new[] { "Utility", "Since" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "JointApplications");

            migrationBuilder.DropTable(
                name: "LegStatuses");

            migrationBuilder.DropTable(
                name: "WorkList");
        }
    }
}
