using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Audits;

/// <summary>What a request asks of an audit, as text; an error is one sentence.</summary>
internal static class BlockQuery
{
    /// <summary>The word that stands for the canonical head.</summary>
    public const string Head = "head";

    private const int DefaultLimit = 500;
    private const int MaxLimit = 1_000;
    private const int HashDigits = 66;

    private static readonly NamedValues<AuditClass> _classes = new([.. Enum.GetValues<AuditClass>().Select(static value => (AuditNames.Of(value), value))]);

    /// <summary>Reads the parameters.</summary>
    public static bool TryRead(string block, string? classes, string? cursor, string? limit, [NotNullWhen(true)] out AuditQuery? query, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        query = null;
        if (!TryBlock(block, out ulong? number, out var hash, out problem)
            || !_classes.TryRead(classes, "classes", out var wanted, out problem)
            || !TryCursor(cursor, out int skip, out problem)
            || !QueryNumber.TryCount(limit, "limit", DefaultLimit, MaxLimit, out int count, out problem))
        {
            return false;
        }

        query = new AuditQuery(number is { } height ? new BlockNumber(height) : null, hash, wanted, skip, count);
        return true;
    }

    /// <summary>The cursor of the page after a number of transactions: the block and the number.</summary>
    public static string Cursor(in Hash256 block, int skip) => string.Create(CultureInfo.InvariantCulture, $"{block}-{skip}");

    /// <summary>True if no cursor was read, or it belongs to the block.</summary>
    public static bool IsOf(string? cursor, in Hash256 block) => cursor is null || Hash256.Parse(cursor[..HashDigits]) == block;

    private static bool TryBlock(string text, out ulong? number, out Hash256? hash, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        (number, hash, problem) = (null, null, null);
        if (text == Head)
        {
            return true;
        }

        if (QueryNumber.TryDigits(text, out ulong height) && text.Length > 0)
        {
            number = height;
            return true;
        }

        if (Hash256.TryParse(text, out var wanted))
        {
            hash = wanted;
            return true;
        }

        problem = Problem.BadRequest($"'{Shown.Of(text)}' is not a valid block: expected a height, 0x and 64 hex digits, or '{Head}'.");
        return false;
    }

    private static bool TryCursor(string? text, out int skip, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        (skip, problem) = (0, null);
        if (text is null)
        {
            return true;
        }

        ulong value = 0;
        bool isValid = text.Length > HashDigits + 1 && text[HashDigits] == '-' && Hash256.TryParse(text[..HashDigits], out _)
            && QueryNumber.TryDigits(text.AsSpan(HashDigits + 1), out value) && value <= AuditQuery.MaxTransactions;
        skip = (int)value;
        problem = isValid ? null : Problem.BadRequest($"'{Shown.Of(text)}' is not a valid 'cursor': expected the value of next of the page before.");
        return isValid;
    }
}
