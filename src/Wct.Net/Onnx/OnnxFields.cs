namespace Wct.Net.Onnx;

/// <summary>Field numbers and constants of ONNX's messages, as onnx.proto defines them.</summary>
internal static class OnnxFields
{
    internal static class Model
    {
        internal const int IrVersion = 1, ProducerName = 2, ProducerVersion = 3, Graph = 7, OperatorSet = 8, Metadata = 14;
    }

    internal static class OperatorSet
    {
        internal const int Version = 2;
    }

    internal static class Entry
    {
        internal const int Key = 1, Value = 2;
    }

    internal static class Graph
    {
        internal const int Node = 1, Name = 2, Initializer = 5, Input = 11, Output = 12;
    }

    internal static class Node
    {
        internal const int Input = 1, Output = 2, Name = 3, Operator = 4, Attribute = 5;
    }

    internal static class Attribute
    {
        internal const int Name = 1, Number = 2, Integer = 3, Text = 4, Integers = 8, Type = 20;

        /// <summary>Values of <see cref="Type"/>.</summary>
        internal const int NumberType = 1, IntegerType = 2, TextType = 3, IntegersType = 7;
    }

    internal static class Tensor
    {
        internal const int Dimension = 1, Type = 2, Name = 8, Data = 9;

        /// <summary>Values of <see cref="Type"/>.</summary>
        internal const int SinglesType = 1, IntegersType = 7;
    }

    internal static class Value
    {
        internal const int Name = 1, Type = 2;
    }

    internal static class ValueType
    {
        internal const int Tensor = 1, Element = 1, Shape = 2;
    }

    internal static class Shape
    {
        internal const int Dimension = 1, Size = 1, Symbol = 2;
    }
}
