using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Book;

/// <summary>A transaction that shows that a token is not exact.</summary>
/// <param name="Tx">The transaction.</param>
/// <param name="At">The height of its block.</param>
/// <param name="Conduct">What it shows.</param>
internal readonly record struct TokenEvidence(Hash256 Tx, BlockNumber At, TokenConduct Conduct);
