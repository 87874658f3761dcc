using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>A pending transaction that asks for pools.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="Sender">Its sender.</param>
internal readonly record struct AskingTx(Hash256 Hash, Address Sender);
