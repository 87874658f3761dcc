namespace Mempulse.Api.Tests.Bounds;

/// <summary>A kind of parameter: texts that it accepts and texts that it refuses.</summary>
/// <param name="Good">Accepted, the lowest and the highest value among them.</param>
/// <param name="Bad">Refused with 400.</param>
public sealed record ParameterKind(IReadOnlyList<string> Good, IReadOnlyList<string> Bad)
{
    /// <summary>Texts that are not numbers, escaped as in a URL.</summary>
    private static readonly string[] _notNumbers =
    [
        "", "-1", "-0", "%2B1", "+1", "%201", "1%20", "0x1", "0x", "1.0", "1e3", "1_000", "1,000", "abc", "null", "NaN", "%D9%A1", "%EF%BC%91", "%00", "1%00",
        "18446744073709551616", "36893488147419103232", "-9223372036854775808", "99999999999999999999999999999999999999999999999999999999999999999999999999999999",
    ];

    /// <summary>A position that may lie past the end of the log.</summary>
    public static ParameterKind Position { get; } = new(
        ["0", "1", "007", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551614"], [.. _notNumbers, "18446744073709551615"]);

    /// <summary>A height, which may be beyond every block.</summary>
    public static ParameterKind Height { get; } = new([.. Position.Good, "18446744073709551615"], _notNumbers);

    /// <summary>A position within the log.</summary>
    public static ParameterKind LoggedPosition { get; } = new(
        ["0", "1", "1000"], [.. _notNumbers, "1000000000", "9223372036854775807", "9223372036854775808", "18446744073709551614", "18446744073709551615"]);

    /// <summary>A chain that is served, or a number of one that is not, which is 404.</summary>
    public static ParameterKind Chain { get; } = new(["1", "01"], _notNumbers);

    /// <summary>A time.</summary>
    public static ParameterKind Instant { get; } = new(
        [
            "0", "1", "4294967295", "4294967296", "7258118399", "1970-01-01T00:00:00Z", "2199-12-31T23:59:59.999999999Z", "2026-01-31t12:00:00z",
            "2026-01-31T12:00:00.1-01:30", "2026-01-31T12:00:00%2B14:00", "2024-02-29T00:00:00Z",
        ],
        [
            .. _notNumbers, "7258118400", "9223372036854775807", "9223372036854775808", "18446744073709551615", "1969-12-31T23:59:59Z", "2200-01-01T00:00:00Z",
            "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "now", "yesterday", "2026-01-31", "12:00", "2026-01-31T12:00Z", "2026-01-31T12:00:00", "2026-01-31%2012:00:00Z",
            "2026-01-31T12:00:00+01:00", "2026-02-29T00:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:00:60Z", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00.1234567890Z",
            "2026-01-31T12:00:00,5Z", "31/01/2026", "Sat,%2031%20Jan%202026%2012:00:00%20GMT", "2026-1-31T12:00:00Z", "20260131T120000Z", "2026-01-31T12:00:00%2B01", "2026-01-31T12:00:00%2B25:00",
        ]);

    /// <summary>A window of at most an hour.</summary>
    public static ParameterKind Window { get; } = new(
        ["1", "60", "1s", "61s", "3600s", "1m", "60m", "1h"],
        [.. _notNumbers, "0", "0s", "61", "61m", "2h", "3601s", "65535h", "65536", "65536s", "1d", "1ms", "s", "-1m", "1.5m", "1%20m", "1M", "9223372036854775807", "18446744073709551615"]);

    /// <summary>A status of an opportunity.</summary>
    public static ParameterKind OppStatus { get; } = new(["open", "invalidated", "expired"], ["", "Open", "closed", "0", "open,expired", "null"]);

    /// <summary>The id of a strategy, known or not.</summary>
    public static ParameterKind Strategy { get; } = new(["backrun-arbitrage", "own", "x"], ["", new string('x', 65)]);

    /// <summary>A score.</summary>
    public static ParameterKind Score { get; } = new(
        ["0", "-1", "007", "9223372036854775807", "-9223372036854775808"],
        ["", "1.0", "1e3", "0x1", "abc", "null", "1%00", "%201", "1%20", "9223372036854775808", "-9223372036854775809"]);

    /// <summary>A flag.</summary>
    public static ParameterKind Flag { get; } = new(["true", "false"], ["", "1", "0", "yes", "TRUE", "True", "null"]);

    /// <summary>Kinds of events.</summary>
    public static ParameterKind Kinds { get; } = new(["", "TxSeen", "txseen", "TxSeen,TxDecoded", "TxSeen,TxSeen"], ["TxSeen;TxDecoded", "1", "-1", "65536", "*", "Nothing"]);

    /// <summary>A profile of scores.</summary>
    public static ParameterKind Profile { get; } = new(["expected-value", "parity"], ["", "Parity", "other", "1", "null", "%00"]);

    /// <summary>States of waiting transactions.</summary>
    public static ParameterKind WaitingStates { get; } = new(["seen", "pending,queued", "left"], ["", "Seen", "included", "pending,", "pending,pending", "pending;queued", "0"]);

    /// <summary>Classes of fees.</summary>
    public static ParameterKind FeeClasses { get; } = new(["next", "near,below", "unknown"], ["", "Next", "above", "next,next", "1"]);

    /// <summary>What transactions are for.</summary>
    public static ParameterKind Categories { get; } = new(["swap", "accountAbstraction,unknown"], ["", "Swap", "swaps", "swap,swap", "3", "-1"]);

    /// <summary>Risks of transactions.</summary>
    public static ParameterKind Risks { get; } = new(["no_deadline", "replaceable,sandwich_exposed"], ["", "NoDeadline", "risky", "no_deadline,no_deadline", "0"]);

    /// <summary>A text of up to 80 characters.</summary>
    public static ParameterKind ShortText { get; } = new(["x", "%3Cscript%3E", "%00", new string('x', 80)], ["", new string('x', 81)]);

    /// <summary>A column of the waiting transactions.</summary>
    public static ParameterKind MempoolSort { get; } = new(["score", "age", "tip", "max_fee", "nonce", "heard_by"], ["", "Score", "fee", "0", "score,age"]);

    /// <summary>An order.</summary>
    public static ParameterKind Order { get; } = new(["desc", "asc"], ["", "DESC", "descending", "1"]);

    /// <summary>A place in the waiting transactions.</summary>
    public static ParameterKind MempoolCursor { get; } = new(
        [new string('A', 90), "AAAB" + new string('_', 85) + "w"],
        ["", "A", new string('A', 89), new string('A', 91), "AAAC" + new string('A', 86), "AQAA" + new string('A', 86), "AAEA" + new string('A', 86), "A+" + new string('A', 88), new string('%', 90), "0", new string('1', 2_000)]);

    /// <summary>Classes of an audit.</summary>
    public static ParameterKind AuditClasses { get; } = new(["found", "late_public,private", "missing,unseen,fresh,replaced"], ["", "Found", "censored", "found,", "found,found", "0"]);

    /// <summary>A place in the transactions of an audit.</summary>
    public static ParameterKind AuditCursor { get; } = new(
        ["0x" + new string('0', 64) + "-1", "0x" + new string('f', 64) + "-8192"],
        ["", "1", "-1", "0x" + new string('0', 64), "0x" + new string('0', 64) + "-", "0x" + new string('0', 64) + "-8193", "0x" + new string('g', 64) + "-1", "0x" + new string('0', 64) + "--1", "0x" + new string('0', 64) + "+1", new string('1', 2_000)]);

    /// <summary>A transaction's hash.</summary>
    public static ParameterKind Hash { get; } = new(
        ["0x" + new string('0', 64), "0x" + new string('f', 64), "0x" + new string('F', 64)],
        ["", "0x", "1", "0x" + new string('1', 63), "0x" + new string('1', 65), "0x" + new string('g', 64)]);

    /// <summary>An account.</summary>
    public static ParameterKind Account { get; } = new(
        ["0x" + new string('0', 40), "0x" + new string('f', 40), "0x" + new string('F', 40)],
        ["", "0x", "1", "0x" + new string('1', 39), "0x" + new string('1', 41), "0x" + new string('g', 40)]);

    /// <summary>Bytes in hex.</summary>
    public static ParameterKind Bytes { get; } = new(["0x", "0x00", "0xd0e30db0", "0xFF"], ["", "0", "00", "0x0", "0x000", "0xgg", "0x%00%00", "0x 0", "x00"]);

    /// <summary>A number of at most 256 bits.</summary>
    public static ParameterKind Amount { get; } = new(
        ["0", "1", "0x1", "0xff", "115792089237316195423570985008687907853269984665640564039457584007913129639935", "0x" + new string('f', 64)],
        ["", "-1", "%2B1", "1.0", "1e3", "1_000", "abc", "0x", "0xg", "%D9%A1", "1%00", "115792089237316195423570985008687907853269984665640564039457584007913129639936", "0x1" + new string('0', 64)]);

    /// <summary>A count from 1.</summary>
    public static ParameterKind CountTo(int max) => new(
        ["1", "2", $"{max}"], [.. _notNumbers, "0", $"{max + 1}", "2147483647", "2147483648", "4294967297", "9223372036854775807", "9223372036854775808", "18446744073709551615"]);
}
