namespace Mempulse.Replay.Audits;

/// <summary>Waiting transactions that an audit does not expect in the block, by reason.</summary>
/// <param name="Underpriced">Their fee cap is below the base fee.</param>
/// <param name="BelowMargin">Their tip is below every public tip in the block.</param>
/// <param name="NoRoom">They do not fit in the gas that was left and the gas of public transactions with lower tips.</param>
/// <param name="NotExecutable">A lower nonce is missing, or a transaction before them is not expected.</param>
/// <param name="AfterSlot">They were announced after the slot began, or by no source.</param>
/// <param name="WithoutBody">Only their hash is known.</param>
/// <param name="Left">They left the pool of every source.</param>
/// <param name="BeyondLimit">They exceed the number that an audit keeps.</param>
public sealed record AuditCounts(int Underpriced, int BelowMargin, int NoRoom, int NotExecutable, int AfterSlot, int WithoutBody, int Left, int BeyondLimit);
