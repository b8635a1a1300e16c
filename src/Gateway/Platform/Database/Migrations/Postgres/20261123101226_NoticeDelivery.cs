using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Integration.Gateway.Platform.Database.Migrations.Postgres
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
                type: "character varying(128)",
                maxLength: 128,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LastAttemptAt",
                table: "Notices",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Refusals",
                table: "Notices",
                type: "integer",
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
