namespace Wct.Training.Tasks;

/// <summary>What an encoder learns about one of its layers.</summary>
/// <param name="Layer">The convolution whose ReLU it is about.</param>
/// <param name="Loss">Index of the loss that its error belongs to.</param>
/// <param name="Weight">Of its error.</param>
internal sealed record Subject(string Layer, Lesson Lesson, int Loss, double Weight);
