/** Environment variables that hold the key of a provider. */
export const keyVariables: Readonly<Record<string, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  'google-genai': 'GOOGLE_API_KEY',
  groq: 'GROQ_API_KEY',
  mistralai: 'MISTRAL_API_KEY',
};
