using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>A transaction as a block includes it.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="Sender">Its sender.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Outcome">What its receipt says. Logs written before this had a third value say <see cref="ExecutionOutcome.Succeeded"/> also when the receipt was not known.</param>
/// <param name="GasUsed">Gas it used. Meaningless while the outcome is unknown.</param>
/// <param name="Authorizations">EIP-7702 tuples it carries, with their signers.</param>
public sealed record BlockTx(
    Hash256 Hash,
    Address Sender,
    Nonce Nonce,
    ExecutionOutcome Outcome,
    Gas GasUsed,
    ReadOnlyMemory<Authorization> Authorizations) : IFieldGroup
{
    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Hash("hash", Hash);
        fields.Address("sender", Sender);
        fields.Number("nonce", Nonce.Value);
        fields.Ternary("outcome", Outcome);
        fields.Number("gasUsed", GasUsed.Value);
        Authorization.WriteList(ref fields, Authorizations.Span);
    }

    internal static BlockTx Read(ref PayloadReader fields) => new(
        fields.Hash(),
        fields.Address(),
        new Nonce(fields.Number()),
        (ExecutionOutcome)fields.Ternary(),
        new Gas(fields.Number()),
        fields.List(Authorization.Read));
}
