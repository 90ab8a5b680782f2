/** Languages of the answers: there is one (RestContract README, "Language Support"). */
export const LANGUAGES = 'en'
