using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Integration.Gateway.Platform.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class NoticeDelivery : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "CallerId",
                table: "Notices",
                type: "TEXT",
                maxLength: 128,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "LastAttemptAt",
                table: "Notices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Refusals",
                table: "Notices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "CallerId",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "LastAttemptAt",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "Refusals",
                table: "Notices");
        }
    }
}
